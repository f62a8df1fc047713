import { afterAll, describe, expect, it } from 'vitest';
import type { InstrumentId } from '#core/domain/ids.ts';
import { candleRows } from '#core/market/candle-csv-text.ts';
import { CANDLE_CSV_HEADER, parseCandleColumns } from '#core/market/parse-candle-csv.ts';
import { finestStep, toTicks } from '#core/market/price-ticks.ts';
import { wanderingColumns } from '#test/support/candle-column-builders.ts';
import { openTestStorage } from '#test/support/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const COUNT = 1_000_000;
const BTC = 'BTC/USDT.SIM' as InstrumentId;
const folder = tempFolder('mt-million');
const storage = openTestStorage(folder.path);
afterAll(() => {
  storage.close();
  folder.remove();
});

/** Figures are printed and never judged: the machine that runs the tests is not the one that is measured. */
const timed = <T>(what: string, work: () => T): T => {
  const start = performance.now();
  const result = work();
  console.log(`1,000,000 candles: ${what} ${Math.round(performance.now() - start)} ms`);
  return result;
};

describe('a million candles', () => {
  it('go from text into columns, into the store and back without losing a bit', () => {
    const made = wanderingColumns(COUNT);
    const text = timed('written as text in', () => `${CANDLE_CSV_HEADER}\n${candleRows(made, 0, COUNT)}`);
    const { columns, gaps } = timed('parsed in', () => parseCandleColumns(text, '1m', 'million.csv'));
    expect(gaps).toEqual([]);
    expect(columns).toEqual(made);
    expect(timed('stored in', () => storage.candles.putColumns(BTC, columns))).toEqual({
      added: COUNT,
      known: 0,
      revised: 0,
    });
    expect(timed('found known in', () => storage.candles.putColumns(BTC, columns)).known).toBe(COUNT);
    const before = process.memoryUsage().arrayBuffers;
    const read = timed('read as columns in', () => storage.candles.readColumns(BTC, '1m'));
    console.log(
      `buffers held after reading: ${Math.round((process.memoryUsage().arrayBuffers - before) / 1e6)} MB of 48 MB data`,
    );
    expect(read).toEqual(made);
    expect(storage.candles.gaps(BTC, '1m')).toEqual([]);
    const ticks = timed('counted in ticks in', () => toTicks(read, finestStep(read)));
    expect(ticks.tick).toEqual({ units: 1n, scale: 2 });
    expect(ticks.close.every((units, i) => units / 100 === made.close[i])).toBe(true);
  });
});
