import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { openStatus } from '#shared/contract/engine.ts';
import { risingMarket, writeCsv } from '../support/candle-csv.ts';
import { findElectron, notRun } from '../support/runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askMain, type RunningApp, startApp, stopScreen } from './support/app.ts';

const electron = findElectron();
const absent = notRun('the desktop window in real Electron', 'electron', electron);

describe.skipIf(absent)('the desktop window', () => {
  const folder = tempFolder('mt-window');
  let running: RunningApp;
  let client: AppClient;

  beforeAll(async () => {
    running = await startApp('path' in electron ? electron.path : '', folder.path);
    const versions = await askMain(running.app, () => ({
      electron: process.versions['electron'],
      node: process.versions.node,
    }));
    console.log(`driving Electron ${versions.electron}, Node ${versions.node}`);
    const attached = await connectToEngine(folder.path, 'trade');
    if (attached === undefined) throw new Error('the window opened no door for the terminal');
    client = attached;
  });
  afterAll(async () => {
    client?.close();
    await running?.quit();
    stopScreen();
    folder.remove();
  });

  it('gives the page a bridge of three functions and nothing of Node or Electron', async () => {
    const seen = await running.page.evaluate(() => {
      const world = globalThis as unknown as Record<string, unknown>;
      const bridge = world['mt'] as Record<string, unknown>;
      return {
        bridge: Object.keys(bridge).sort(),
        kinds: Object.values(bridge).map((value) => typeof value),
        leaked: ['process', 'require', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
          (name) => name in world,
        ),
        origin: location.origin,
      };
    });
    expect(seen).toEqual({
      bridge: ['onFrame', 'pathOf', 'send'],
      kinds: ['function', 'function', 'function'],
      leaked: [],
      origin: 'app://master-trader',
    });
  });

  it('opens a door that only its owner can read', async () => {
    expect(statSync(join(folder.path, 'run', 'engine.json')).mode & 0o777).toBe(0o600);
    const status = openStatus(await client.invoke('engine.status', {}));
    expect(status.environment).toBe('simulated');
  });

  it('presses the button and shows stages, brief, order and markers', async () => {
    const { page } = running;
    await page.getByRole('button', { name: /analyse & spawn agent/i }).click();
    await page.getByRole('heading', { name: 'Will not do' }).waitFor();
    await page
      .getByText(/worst case/i)
      .first()
      .waitFor();
    await page
      .getByText(/Trending|Ranging|Breakout/)
      .first()
      .waitFor();
    const view = await client.invoke('cycle.get', {});
    expect(view?.trigger).toBe('button');
    expect(view?.stages.slice(0, 6).every((stage) => stage.state === 'done')).toBe(true);
    console.log(`press to first order: ${view?.timings?.pressToFirstOrderMs} ms`);
    await expect.poll(async () => (await client.invoke('cycle.get', {}))?.fills.length).toBeGreaterThan(0);

    await page.getByRole('link', { name: /market/i }).click();
    await page.getByText(/\d trades?: bought/).waitFor();
    await page.getByText(/Levels: entry .* stop .* target/).waitFor();
    // Outside pages open nowhere here, so nothing may look as if they did.
    await page.getByText('TradingView Lightweight Charts, https://www.tradingview.com/').waitFor();
    expect(await page.locator('a[target=_blank]').count()).toBe(0);
    const chart = await client.invoke('market.chart', { instrument: 'BTC/USDT' });
    expect(chart.markers.map((marker) => marker.purpose)).toContain('entry');
    expect(chart.lines.map((line) => line.kind).sort()).toEqual(['entry', 'stop', 'target']);
  });

  it('stays responsive while the cycle runs', async () => {
    const longest = await running.page.evaluate(
      () =>
        new Promise<number>((done) => {
          let last = performance.now();
          let worst = 0;
          let frames = 0;
          const tick = (now: number): void => {
            worst = Math.max(worst, now - last);
            last = now;
            frames += 1;
            if (frames < 120) requestAnimationFrame(tick);
            else done(worst);
          };
          requestAnimationFrame(tick);
        }),
    );
    console.log(`longest gap between two frames while an agent trades: ${longest.toFixed(0)} ms over 120 frames`);
    expect(Number.isFinite(longest)).toBe(true);
  });

  it('stops a running cycle at the master’s word, closes what is held and keeps the lesson', async () => {
    const { page } = running;
    await page.getByRole('link', { name: /command/i }).click();
    // A position is held by now, so it asks once.
    await page.getByRole('button', { name: /cancel/i }).click();
    await page.getByRole('button', { name: /close the position/i }).click();
    await expect.poll(async () => (await client.invoke('cycle.get', {}))?.result?.outcome).toBe('interrupted');
    const view = await client.invoke('cycle.get', {});
    expect(view?.result?.reconciliation.positionValue).toBe('0');
    expect(view?.result?.reconciliation.difference).toBe('0');
    expect(view?.lesson).not.toBeNull();
  });

  it('does the same from the tray', async () => {
    expect(await running.trayLabels()).toEqual(
      expect.arrayContaining(['Analyse && spawn agent', 'Emergency: flatten && halt…', 'Quit…']),
    );
    const before = (await client.invoke('cycle.list', {})).length;
    await running.clickTray('spawn');
    await expect.poll(async () => (await client.invoke('cycle.list', {})).length).toBe(before + 1);
    await expect.poll(async () => (await client.invoke('cycle.get', {}))?.assessment?.regime).toBeTruthy();
    expect((await client.invoke('cycle.get', {}))?.trigger).toBe('tray');
  });

  it('kills from the tray: nothing is held, nothing rests, and no new press gets through', async () => {
    // One question of the desktop's own, which the master answers with yes.
    await askMain(running.app, ({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    });
    await running.clickTray('kill');
    await expect.poll(async () => openStatus(await client.invoke('engine.status', {})).tradingState).toBe('halted');
    await expect.poll(async () => openStatus(await client.invoke('engine.status', {})).cycleRunning).toBeNull();
    const portfolio = await client.invoke('portfolio.get', {});
    expect(portfolio.positionValue).toBe('0');
    expect(portfolio.openOrders).toEqual([]);
    await expect(client.invoke('cycle.start', {})).rejects.toMatchObject({ code: 'rejected', reason: 'halted' });
    await running.page
      .getByText(/halted/i)
      .first()
      .waitFor();
  });

  it('stays halted over a restart, with the same account', async () => {
    const before = await client.invoke('portfolio.get', {});
    client.close();
    await running.quit();
    running = await startApp('path' in electron ? electron.path : '', folder.path);
    const attached = await connectToEngine(folder.path, 'trade');
    if (attached === undefined) throw new Error('no door after the restart');
    client = attached;
    const status = openStatus(await client.invoke('engine.status', {}));
    expect(status.tradingState).toBe('halted');
    expect(status.equity).toBe(before.equity);
    expect((await client.invoke('audit.verify', {})).ok).toBe(true);
    await client.invoke('engine.resume', { reason: 'end of the test' });
    expect(openStatus(await client.invoke('engine.status', {})).tradingState).toBe('active');
  });

  it('takes the place of a file that was chosen, and writes a proof that the program beside it accepts', async () => {
    const { page } = running;
    const { rows } = risingMarket();
    const file = writeCsv(join(folder.path, 'hours.csv'), rows);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Data and backup' }).click();
    await page.locator('input[type=file]').setInputFiles(file);
    const form = page.getByRole('form', { name: 'Import from a file' });
    await expect.poll(() => form.getByLabel('File', { exact: true }).first().inputValue()).toBe(file);
    await form.getByRole('button', { name: 'Import' }).click();
    await form.getByText(`${rows.length.toLocaleString('en-US')} new, 0 known before`).waitFor();
    expect((await client.invoke('data.list', {})).map(({ candles }) => candles)).toEqual([rows.length]);

    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('button', { name: 'Write a proof…' }).click();
    await page.getByRole('button', { name: 'Write the proof' }).click();
    // Whoever reads a proof reads the records, so it asks once more.
    await page.getByRole('button', { name: 'Yes, do it' }).click();
    const said = page.getByText(/^Written: /);
    await said.waitFor();
    const written = (await said.textContent())?.replace('Written: ', '') ?? '';
    expect(dirname(written)).toBe(join(folder.path, 'RECORD_LOGS'));
    const checked = spawnSync(process.execPath, ['verify.mjs', basename(written)], { cwd: dirname(written) });
    expect(checked.status, String(checked.stderr)).toBe(0);
  });

  // Late, because a driver waits for a navigation that it saw begin and that never comes.
  it('keeps the page inside: no navigation, no window, no stranger reached, no permission', async () => {
    const { page, app } = running;
    const blocked = await page.evaluate(async () => {
      const opened = window.open('https://example.com');
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'reached',
        () => 'refused',
      );
      const file = await fetch('file:///etc/hostname').then(
        () => 'reached',
        () => 'refused',
      );
      const geolocation = (await navigator.permissions.query({ name: 'geolocation' })).state;
      location.href = 'https://example.com/';
      return { opened: opened === null, fetched, file, geolocation };
    });
    expect(blocked).toEqual({ opened: true, fetched: 'refused', file: 'refused', geolocation: 'denied' });
    await page.waitForTimeout(300);
    expect(page.url().startsWith('app://master-trader/')).toBe(true);
    expect(await askMain(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    const preferences = await askMain(app, ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    });
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('complained about nothing', () => {
    const own = running.complaints.filter((text) => !/example\.com|127\.0\.0\.1:9|file:\/\/\/etc/.test(text));
    expect(own).toEqual([]);
  });
});
