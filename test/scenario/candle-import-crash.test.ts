import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { InstrumentId } from '#core/domain/ids.ts';
import { wanderingColumns } from '#test/support/candle-column-builders.ts';
import { killStarted, startScript } from '#test/support/child.ts';
import { openTestStorage } from '#test/support/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const BTC = 'BTC/USDT.SIM' as InstrumentId;
const [BEFORE, AFTER] = [10_000, 600_000];
/** Spread over the time that such an import takes, slow machines included. */
const DELAYS_MS = [0, 10, 30, 60, 100, 150, 250];
const folder = tempFolder('mt-import');
afterAll(() => {
  killStarted();
  folder.remove();
});

const said = (run: ReturnType<typeof startScript>, word: string): Promise<void> =>
  new Promise((ready) => {
    const look = (): void => {
      if (run.stdout().includes(word)) ready();
    };
    run.child.stdout?.on('data', look);
    void run.finished.then(() => ready());
  });

describe('an import whose process is killed', () => {
  it('leaves the candles as they were, or has kept all of them', async () => {
    const old = wanderingColumns(BEFORE);
    const first = openTestStorage(folder.path);
    first.candles.putColumns(BTC, old);
    first.close();
    let unchanged = 0;
    for (const delay of DELAYS_MS) {
      const run = startScript('import-candles.ts', [folder.path, String(AFTER)]);
      await said(run, 'begin');
      await setTimeout(delay);
      run.child.kill('SIGKILL');
      const { stdout, stderr } = await run.finished;
      expect(stdout, stderr).toContain('begin');
      const storage = openTestStorage(folder.path);
      const columns = storage.candles.readColumns(BTC, '1m');
      const gaps = storage.candles.gaps(BTC, '1m');
      storage.close();
      expect(gaps).toEqual([]);
      expect([BEFORE, AFTER]).toContain(columns.length);
      if (columns.length === AFTER) break;
      unchanged += 1;
      expect(columns).toEqual(old);
      expect(stdout).not.toContain('done');
    }
    expect(unchanged).toBeGreaterThan(0);
    const again = await startScript('import-candles.ts', [folder.path, String(AFTER)]).finished;
    expect(again.stdout, again.stderr).toContain('done');
    const storage = openTestStorage(folder.path);
    expect(storage.candles.readColumns(BTC, '1m')).toEqual(wanderingColumns(AFTER));
    storage.close();
    console.log(`killed imports that left everything as it was: ${unchanged}`);
  });
});
