import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { findElectron, notRun } from '../support/runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askMain, type RunningApp, startApp, stopScreen } from './support/app.ts';

const electron = findElectron();
const absent = notRun('the first run in real Electron', 'electron', electron);

type World = typeof globalThis & { triedOutside?: string[] };

/** Acceptance check 1: a fresh data folder, the cable pulled, two clicks to a simulated fill. */
describe.skipIf(absent)('the first run', () => {
  const folder = tempFolder('mt-first');
  const began = performance.now();
  const requests: string[] = [];
  let running: RunningApp;
  let client: AppClient;

  beforeAll(async () => {
    running = await startApp('path' in electron ? electron.path : '', folder.path, {}, true);
    running.page.on('request', (request) => requests.push(request.url()));
    const attached = await connectToEngine(folder.path, 'trade');
    if (attached === undefined) throw new Error('the window opened no door for the terminal');
    client = attached;
  });
  afterAll(async () => {
    // With an agent at work the program would ask before it ends.
    await client?.invoke('engine.kill', { reason: 'the test is over', verb: 'flatten' });
    await client?.invoke('cycle.wait', { cycle: 1 });
    client?.close();
    await running?.quit();
    stopScreen();
    folder.remove();
  });

  it('goes from nothing to a simulated fill with two clicks and no network', async () => {
    const { page } = running;
    await page.getByTestId('welcome').waitFor();
    expect(await page.getByTestId('env').first().textContent()).toBe('SIMULATED');

    await page.getByRole('button', { name: 'Start simulated trading' }).click();
    await page.getByTestId('spawn').click();

    await expect.poll(async () => (await client.invoke('cycle.get', {}))?.fills.length ?? 0).toBeGreaterThan(0);
    console.log(
      `from the start of the program to the first simulated fill: ${Math.round(performance.now() - began)} ms`,
    );
    const view = await client.invoke('cycle.get', {});
    expect(view?.environment).toBe('simulated');
    expect(view?.trigger).toBe('button');
    expect(view?.assessment?.source).toBe('rules');
    expect(await client.invoke('cycle.list', {})).toHaveLength(1);
  });

  it('asks nobody outside, neither from the page nor from the program', async () => {
    expect(await askMain(running.app, () => (globalThis as World).triedOutside)).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('app://master-trader/') && !url.startsWith('data:'))).toEqual([]);
    expect(running.complaints).toEqual([]);
  });

  it('would see a connection that leaves the machine', async () => {
    const tried = await running.app.evaluate(async () => {
      await fetch('http://192.0.2.1/').catch(() => undefined);
      return (globalThis as World).triedOutside ?? [];
    });
    expect(tried).toContain('192.0.2.1');
  });

  it('welcomes nobody twice, and says what is left to set up', async () => {
    const { page } = running;
    expect(await page.getByTestId('welcome').count()).toBe(0);
    const setup = await client.invoke('setup.get', {});
    expect(setup.steps.find(({ id }) => id === 'press')?.done).toBe(true);
    expect(setup.steps.find(({ id }) => id === 'security')?.done).toBe(false);
  });
});
