import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { RECOVERY_BYTES, writeRecoveryCode } from '#shared/recovery-code.ts';
import { startModelServer } from '../support/model-server.ts';
import { findElectron, notRun } from '../support/runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askMain, type RunningApp, startApp, stopScreen } from './support/app.ts';

const electron = findElectron();
const absent = notRun('tray, notifications and closing in real Electron', 'electron', electron);
const PASSPHRASE = 'correct horse battery staple';
const ROOT = resolve(import.meta.dirname, '../..');

type Note = { readonly title: string; readonly body: string };
type World = typeof globalThis & {
  notes?: Note[];
  newestTrayImage?: string;
  moves?: string[];
  progress?: number[];
  asked?: { message: string; detail?: string }[];
};

describe.skipIf(absent)('the desktop around the window', () => {
  const folder = tempFolder('mt-desktop');
  const path = 'path' in electron ? electron.path : '';
  let running: RunningApp;
  let client: AppClient;

  beforeAll(async () => {
    // No keyring: whoever runs this has one of their own, which stays untouched.
    running = await startApp(path, folder.path, { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' });
    client = await connectToEngine(folder.path, 'trade');
    // Whatever is asked is answered with its first button, and remembered.
    await askMain(running.app, ({ BrowserWindow, dialog }) => {
      const world = globalThis as World;
      world.asked = [];
      world.moves = [];
      world.progress = [];
      // A screen without a window manager minimises nothing and gives nobody the focus, so what is asked of it is remembered.
      const window = BrowserWindow.getAllWindows()[0];
      if (window !== undefined)
        for (const move of ['hide', 'minimize', 'focus'] as const) window[move] = () => void world.moves?.push(move);
      // What the task bar shows nobody can ask it.
      if (window !== undefined) window.setProgressBar = (share) => void world.progress?.push(share);
      BrowserWindow.getFocusedWindow = () => null;
      dialog.showMessageBox = ((options: { message: string; detail?: string }) => {
        world.asked?.push(options);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      }) as unknown as typeof dialog.showMessageBox;
    });
  });
  afterAll(async () => {
    client?.close();
    await running?.quit();
    stopScreen();
    folder.remove();
  });

  const notes = (): Promise<readonly Note[]> => askMain(running.app, () => (globalThis as World).notes ?? []);
  const image = (): Promise<string> => askMain(running.app, () => (globalThis as World).newestTrayImage ?? '');
  const asked = (): Promise<readonly { message: string; detail?: string }[]> =>
    askMain(running.app, () => (globalThis as World).asked ?? []);
  const moves = (): Promise<readonly string[]> => askMain(running.app, () => (globalThis as World).moves ?? []);

  /** Presses until an agent lives. */
  const spawn = async (): Promise<void> => {
    for (let press = 0; press < 20; press += 1) {
      const { cycle } = await client.invoke('cycle.start', {});
      for (;;) {
        const view = await client.invoke('cycle.get', { cycle });
        if (view?.state === 'running' && view.agentId !== null) return;
        if (view?.state !== 'running') break;
        // With a passphrase the master is asked before an agent begins.
        const [brief] = (await client.invoke('approvals.list', { limit: 0 })).pending;
        if (brief !== undefined) await client.invoke('approvals.approve', { id: brief.id, by: 'terminal' });
        await running.page.waitForTimeout(50);
      }
      await running.page.waitForTimeout(1_000);
    }
    throw new Error('no agent was spawned');
  };

  it('puts the window away instead of ending when it is closed, says so once, and comes back at a second start', async () => {
    const close = (): Promise<void> =>
      askMain(running.app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await close();
    // No bus, hence nobody who shows a tray: the window stays in the task bar.
    await expect.poll(moves).toEqual(['minimize']);
    await expect.poll(asked).toMatchObject([{ message: 'The engine goes on' }]);
    expect((await client.invoke('preferences.get', {})).closeToTrayExplained).toBe(true);

    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const display = await askMain(running.app, () => process.env['DISPLAY'] ?? '');
    const ended = await new Promise<number | null>((done) => {
      const second = execFile(path, [...asRoot, '--disable-gpu', ROOT], {
        env: { ...process.env, DISPLAY: display, MT_HOME: folder.path },
      });
      second.once('exit', (code) => done(code));
    });
    expect(ended).toBe(0);
    await expect.poll(moves).toEqual(['minimize', 'focus']);
    await close();
    await expect.poll(moves).toEqual(['minimize', 'focus', 'minimize']);
    expect(await asked()).toMatchObject([{ detail: expect.stringMatching(/no tray icon/) }]);
  });

  it('speaks in tray, menu and dialogs the language that is chosen while it runs', async () => {
    const menu = (): Promise<readonly string[]> =>
      askMain(running.app, ({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
    const speak = async (language: 'sw' | 'en', quit: string, edit: string): Promise<void> => {
      await client.invoke('preferences.set', { changes: { language } });
      await expect.poll(() => running.trayLabels()).toContain(quit);
      expect(await menu()).toContain(edit);
    };
    await speak('sw', 'Ondoka…', 'Hariri');
    await speak('en', 'Quit…', 'Edit');
  });

  it('tells by the desktop what it tells, and each of them stands in the Alert centre', async () => {
    await spawn();
    await expect.poll(async () => (await notes()).length).toBeGreaterThan(0);
    const told = await notes();
    expect(told.length).toBeGreaterThan(0);
    const { alerts } = await client.invoke('alerts.list', { limit: 500 });
    for (const { body } of told) expect(alerts.map(({ text }) => text)).toContain(body);
  });

  it('shows in the task bar how far the download of a model is, and nothing once it is canceled', async () => {
    const server = await startModelServer(Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(4_000_000)]));
    server.hold(1_000_000);
    const progress = (): Promise<readonly number[]> => askMain(running.app, () => (globalThis as World).progress ?? []);
    const { id } = await client.invoke('models.download', { url: server.url });
    const partly = async () => (await progress()).some((share) => share > 0 && share < 1);
    await expect.poll(partly).toBe(true);
    await client.invoke('models.cancel', { id });
    await expect.poll(async () => (await progress()).at(-1)).toBe(-1);
    await server.close();
  });

  it('changes the shape of its icon with the state', async () => {
    const before = await image();
    await running.clickTray('kill');
    await expect.poll(async () => (await asked()).at(-1)?.message).toMatch(/flatten everything/);
    await expect.poll(image).not.toBe(before);
    const halted = await image();
    await expect.poll(async () => (await notes()).map(({ title }) => title)).toContain('Trading was stopped');
    await client.invoke('engine.resume', { reason: 'the test goes on' });
    await expect.poll(image).not.toBe(halted);
  });

  it('stops everything from the tray while it is locked, and tells of it without amounts', async () => {
    await client.invoke('vault.set_passphrase', {
      passphrase: PASSPHRASE,
      recoveryCode: writeRecoveryCode(randomBytes(RECOVERY_BYTES)),
    });
    await spawn();
    await client.invoke('vault.lock', {});
    await expect.poll(() => running.trayLabels()).toContain('Unlock in the window');
    const [locked, before] = [await image(), (await notes()).length];
    await running.clickTray('kill');
    const since = async (): Promise<readonly Note[]> => (await notes()).slice(before);
    await expect
      .poll(async () => (await since()).map(({ title }) => title))
      .toEqual(expect.arrayContaining(['Agent ended', 'Trading was stopped']));
    expect((await since()).find(({ title }) => title === 'Agent ended')?.body).toMatch(/^•••/);
    for (const { body } of await since()) expect(body).not.toMatch(/\u00a0USDT/);
    await client.invoke('vault.unlock', { kind: 'passphrase', passphrase: PASSPHRASE });
    await expect.poll(image).not.toBe(locked);
    expect((await client.invoke('engine.status', {})).tradingState).toBe('halted');
    const { alerts } = await client.invoke('alerts.list', { limit: 500 });
    expect(alerts.find(({ kind }) => kind === 'agent_ended')?.text).toMatch(/\u00a0USDT/);
  });
});
