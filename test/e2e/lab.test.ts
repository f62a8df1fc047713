import { afterAll, describe, expect, it } from 'vitest';
import { connectToEngine } from '#host/engine-file.ts';
import { findElectron, notRun } from '../support/runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startApp, stopScreen } from './support/app.ts';

const SUITE = 'a back-test on a worker thread of real Electron';
const electron = findElectron();
const absent = notRun(SUITE, 'electron', electron);

describe.skipIf(absent)(SUITE, () => {
  afterAll(stopScreen);

  it('plays the simulated market and answers the same twice, while the window stays up', async () => {
    const folder = tempFolder('mt-lab-window');
    const running = await startApp('path' in electron ? electron.path : '', folder.path);
    const client = await connectToEngine(folder.path, 'trade');
    if (client === undefined) throw new Error('the window opened no door');
    const ask = () =>
      client.invoke('lab.backtest', {
        market: { kind: 'generator', seed: 5, candles: 5_000 },
        interval: '5m',
        strategy: 'sma-cross',
      });
    const [first, second] = [await ask(), await ask()];
    expect(first.candles).toBe(5_000);
    expect(second.runHash).toBe(first.runHash);
    expect(second.finalEquity).toBe(first.finalEquity);
    await running.page.getByRole('link', { name: /lab/i }).click();
    await running.page
      .getByText(/sma cross/i)
      .first()
      .waitFor();
    client.close();
    await running.quit();
    folder.remove();
  });
});
