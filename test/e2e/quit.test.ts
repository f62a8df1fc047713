import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { openStatus } from '#shared/contract/engine.ts';
import { findElectron, notRun } from '../support/runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askMain, type RunningApp, startApp, stopScreen } from './support/app.ts';

const electron = findElectron();
const absent = notRun('quitting the desktop window while an agent trades', 'electron', electron);

type Asked = { readonly message: string; readonly buttons: readonly string[] };
type DialogGlobal = typeof globalThis & { answer?: number; asked?: Asked[] };

describe.skipIf(absent)('quitting while an agent trades', () => {
  const folder = tempFolder('mt-quit');
  let running: RunningApp;
  let client: AppClient;

  /** Starts the program with a master who answers every question with Cancel. */
  const start = async (): Promise<void> => {
    running = await startApp('path' in electron ? electron.path : '', folder.path);
    client = await connectToEngine(folder.path, 'trade');
    await askMain(running.app, ({ dialog }) => {
      const world = globalThis as DialogGlobal;
      world.asked = [];
      world.answer = 1;
      dialog.showMessageBox = ((options: Asked) => {
        world.asked?.push({ message: options.message, buttons: options.buttons });
        return Promise.resolve({ response: world.answer ?? 1, checkboxChecked: false });
      }) as unknown as typeof dialog.showMessageBox;
    });
  };
  const asked = (): Promise<readonly Asked[]> => askMain(running.app, () => (globalThis as DialogGlobal).asked ?? []);
  const enter = async (): Promise<void> => {
    // Not every press ends in a trade; the next one sees a later moment.
    for (let press = 0; press < 12; press += 1) {
      const { cycle } = await client.invoke('cycle.start', {});
      for (;;) {
        const view = await client.invoke('cycle.get', { cycle });
        if (view?.state === 'running' && view.fills.some(({ purpose }) => purpose === 'entry')) return;
        if (view?.state !== 'running') break;
        await running.page.waitForTimeout(50);
      }
    }
    throw new Error('no agent entered the market');
  };
  const exited = async (): Promise<void> => {
    const child = running.app.process();
    client.close();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  /** What the next start finds of the cycle that was cut off. */
  const expectClosed = async (): Promise<void> => {
    const view = await client.invoke('cycle.get', {});
    expect(view?.state).not.toBe('running');
    expect(view?.result?.reconciliation).toMatchObject({ positionValue: '0', difference: '0' });
    expect((await client.invoke('portfolio.get', {})).positionValue).toBe('0');
    expect((await client.invoke('audit.verify', {})).ok).toBe(true);
  };

  beforeAll(start);
  afterAll(async () => {
    client?.close();
    await running?.quit();
    stopScreen();
    folder.remove();
  });

  it('asks from the tray, and Cancel lets the agent go on', async () => {
    await enter();
    await running.clickTray('quit');
    await expect.poll(asked).toEqual([
      {
        message: 'An agent is trading',
        buttons: ['Close the position and quit', 'Cancel', 'Keep trading in the background'],
      },
    ]);
    expect(openStatus(await client.invoke('engine.status', {})).environment).toBe('simulated');
    expect(await running.page.getByTestId('env').first().isVisible()).toBe(true);
  });

  it('asks nobody when the system ends the program, and still closes the position', async () => {
    await enter();
    running.app.process().kill('SIGTERM');
    await exited();
    await start();
    await expectClosed();
  });

  it('closes the position and ends when the master says so', async () => {
    await enter();
    await askMain(running.app, () => {
      (globalThis as DialogGlobal).answer = 0;
    });
    await running.clickTray('quit');
    await exited();
    await start();
    await expectClosed();
  });

  it('ends without a question when nothing is held', async () => {
    await running.clickTray('quit');
    await exited();
    await start();
    expect(await asked()).toEqual([]);
  });
});
