import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { LONGEST_WAIT_MS } from '../support/longest-wait.ts';
import { findElectron, notRun } from '../support/runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type RunningApp, startApp, stopScreen } from './support/app.ts';

const electron = findElectron();
const absent = notRun('approvals in real Electron', 'electron', electron);

/** `9:41` as seconds. */
const secondsIn = (text: string): number => {
  const [, minutes = '0', seconds = '0'] = /(\d+):(\d\d)/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
};

describe.skipIf(absent)('an approval in the desktop window', () => {
  const folder = tempFolder('mt-e2e-approvals');
  let running: RunningApp;
  let client: AppClient;
  beforeAll(async () => {
    running = await startApp('path' in electron ? electron.path : '', folder.path);
    client = await connectToEngine(folder.path, 'trade');
    await client.invoke('mode.set', { mode: 'semi' });
  });
  afterAll(async () => {
    client?.close();
    await running?.quit();
    stopScreen();
    folder.remove();
  });

  it('outlives the page that showed it, with the time that is left, and is decided once for every face', async () => {
    const { page, app } = running;
    // A press that finds nothing to trade asks nothing: the simulated market is pressed again until one does.
    let asked = (await client.invoke('approvals.list', {})).pending[0];
    for (let press = 0; asked === undefined && press < 20; press++) {
      const { cycle } = await client.invoke('cycle.start', { trigger: 'terminal' });
      await expect
        .poll(async () => {
          asked = (await client.invoke('approvals.list', {})).pending[0];
          return asked !== undefined || (await client.invoke('cycle.get', { cycle }))?.state !== 'running';
        })
        .toBe(true);
      if (asked === undefined) await new Promise((resolve) => setTimeout(resolve, 3_000));
    }
    if (asked === undefined) throw new Error('no brief was asked for');
    const { id, expiresAt, cycle } = asked;
    await page.evaluate(() => {
      location.hash = '/approvals';
    });
    const left = page.locator(`[data-approval="${id}"]`).getByTestId('time-left');
    await left.waitFor();

    // The page's process is killed and its window with it; the engine goes on, and opens another window when it is asked for one.
    const opened = app.waitForEvent('window');
    await app.evaluate(async ({ BrowserWindow, app: electronApp }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.webContents.forcefullyCrashRenderer();
      await new Promise((resolve) => setTimeout(resolve, 200));
      window?.destroy();
      electronApp.emit('activate');
    });
    const again = await opened;
    again.setDefaultTimeout(LONGEST_WAIT_MS);
    await again.getByTestId('env').waitFor();
    await again.evaluate(() => {
      location.hash = '/approvals';
    });
    const leftAgain = again.locator(`[data-approval="${id}"]`).getByTestId('time-left');
    await leftAgain.waitFor();
    const shown = secondsIn((await leftAgain.textContent()) ?? '');
    const really = (expiresAt - Date.now()) / 1_000;
    expect(Math.abs(shown - really)).toBeLessThan(3);

    const decided = again.locator(`tr[data-approval="${id}"]`).getByText('Rejected').waitFor();
    const began = performance.now();
    await client.invoke('approvals.reject', { id, reason: 'decided elsewhere', by: 'terminal' });
    await decided;
    console.log(`a decision of the terminal stood in the window after ${Math.round(performance.now() - began)} ms`);
    await expect(client.invoke('approvals.approve', { id, by: 'terminal' })).rejects.toThrow('rejected already');
    const view = await client.invoke('cycle.wait', { cycle });
    expect(view.result?.outcome).toBe('no_trade');
    expect(view.fills).toEqual([]);
  });
});
