import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { findElectron, notRun } from '../support/runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askMain, type RunningApp, startApp, stopScreen } from './support/app.ts';

const electron = findElectron();
const absent = notRun('files that the window saves in real Electron', 'electron', electron);

type World = typeof globalThis & { begun?: number; ended?: string[] };

describe.skipIf(absent)('a file that the window saves', () => {
  const folder = tempFolder('mt-e2e-downloads');
  const downloads = join(folder.path, 'Downloads');
  let running: RunningApp;
  let client: AppClient;

  beforeAll(async () => {
    // Where a desktop of Linux keeps which folder is for downloads; without it they go to the home folder itself.
    writeFileSync(join(folder.path, 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/Downloads"\n');
    const env = { HOME: folder.path, XDG_CONFIG_HOME: folder.path };
    running = await startApp('path' in electron ? electron.path : '', join(folder.path, 'data'), env);
    client = await connectToEngine(join(folder.path, 'data'), 'trade');
    const wish = { instrument: 'BTC/USDT', side: 'buy', quantity: '0.001' } as const;
    const { price } = await client.invoke('orders.preview', wish);
    await client.invoke('orders.place', { ...wish, stop: String(Math.floor(Number(price) * 0.99)) });
  });
  afterAll(async () => {
    client?.close();
    await running?.quit();
    stopScreen();
    folder.remove();
  });

  const show = (route: string): Promise<void> =>
    running.page.evaluate((to) => {
      location.hash = to;
    }, route);
  /** What lies there whole; while Chromium writes, a file has another name. */
  const saved = (): readonly string[] => (existsSync(downloads) ? readdirSync(downloads).sort() : []);
  const landed = async (name: string): Promise<string> => {
    await expect.poll(saved).toContain(name);
    await expect.poll(() => statSync(join(downloads, name)).size).toBeGreaterThan(0);
    return readFileSync(join(downloads, name), 'utf8');
  };

  it('lands among the downloads with what the engine wrote, and over nothing that lies there', async () => {
    const { page } = running;
    const exported = (what: 'fills' | 'orders' | 'positions') => client.invoke('portfolio.export', { what });
    await expect.poll(async () => (await exported('fills')).rows).toBe(1);
    await show('/portfolio');
    for (const what of ['positions', 'orders', 'fills'] as const) {
      await page.getByRole('button', { name: `Export as CSV: ${what}` }).click();
      const text = await landed(`${what}-simulated.csv`);
      const { csv, rows } = await exported(what);
      // The price of what is held goes on moving; which columns and rows there are does not.
      if (what === 'positions') expect(text.split('\n')).toHaveLength(csv.split('\n').length);
      else expect(text).toBe(csv);
      if (what === 'fills') expect(rows).toBe(1);
    }
    await page.getByText('fills-simulated.csv with 1 row goes to your downloads.').waitFor();
    await page.getByRole('button', { name: 'Export as CSV: fills' }).click();
    expect(await landed('fills-simulated (2).csv')).toBe(await landed('fills-simulated.csv'));
  });

  it('is the diagnostics as JSON, without amounts', async () => {
    const { page } = running;
    await show('/health');
    await page.getByRole('button', { name: 'Save diagnostics' }).click();
    const text = await landed('diagnostics.json');
    expect(JSON.parse(text)).toMatchObject({ health: { rows: expect.any(Array) }, log: expect.anything() });
    await page.getByText('diagnostics.json goes to your downloads.').waitFor();
  });

  it('opens no dialog, and is no other kind of file, whatever the page asks for', async () => {
    const before = saved();
    await askMain(running.app, ({ session }) => {
      const world = globalThis as World;
      world.begun = 0;
      world.ended = [];
      session.fromPartition('mt').on('will-download', (_event, item) => {
        world.begun = (world.begun ?? 0) + 1;
        item.once('done', (_done, state) => world.ended?.push(`${item.getFilename()} ${state}`));
      });
    });
    /** As a person does it: a page that nobody touched for a while is not let to save anything. */
    const press = async (name: string, address?: string): Promise<void> => {
      await running.page.evaluate(
        ([file, href]) => {
          document.getElementById('save-it')?.remove();
          const link = document.createElement('a');
          link.id = 'save-it';
          link.textContent = file;
          link.href = href ?? URL.createObjectURL(new Blob(['end']));
          link.download = file;
          Object.assign(link.style, { position: 'fixed', inset: '50% auto auto 50%', zIndex: '99999' });
          document.body.append(link);
        },
        [name, address] as const,
      );
      await running.page.locator('#save-it').click();
    };
    /** One after the other, and again where nothing began: Chromium drops the eleventh file of a burst, and of several in one breath it takes the last. */
    const ask = async (name: string, address?: string): Promise<string | undefined> => {
      const begun = () => askMain(running.app, () => (globalThis as World).begun ?? 0);
      const ended = () => askMain(running.app, () => (globalThis as World).ended ?? []);
      const known = await begun();
      const pressed = async (): Promise<number> => {
        if ((await begun()) === known) await press(name, address);
        return begun();
      };
      await expect.poll(pressed, { interval: 2000 }).toBeGreaterThan(known);
      await expect.poll(async () => (await ended()).length).toBeGreaterThan(known);
      return (await ended()).at(-1);
    };
    for (const name of ['run.sh', 'page.html', 'a.desktop', 'a.csv.exe'])
      expect(await ask(name)).toBe(`${name} cancelled`);
    expect(await ask('end.csv')).toBe('end.csv completed');
    expect(await landed('end.csv')).toBe('end');
    expect(await ask('stranger.csv', 'data:text/csv,x')).toBe('stranger.csv cancelled');
    expect(saved()).toEqual([...before, 'end.csv'].sort());
    expect(await askMain(running.app, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('is the proof of the journal, which stands without the program', async () => {
    const dir = join(folder.path, 'RECORD_LOGS');
    await client.invoke('access.step_up', { proof: { kind: 'confirm' } });
    const { path } = await client.invoke('audit.export', { dir });
    expect(execFileSync(process.execPath, [join(dir, 'verify.mjs'), path], { encoding: 'utf8' })).toMatch(/\S/);
  });
});
