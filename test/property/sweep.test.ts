import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runBacktest } from '#core/backtest/run-backtest.ts';
import { prepareSweep, sweepCross, sweepEquity } from '#core/backtest/sweep.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import type { Hash, InstrumentId } from '#core/domain/ids.ts';
import { finestStep, toTicks } from '#core/market/price-ticks.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { sha256 } from '#test/support/candle-builders.ts';
import { wanderingColumns } from '#test/support/candle-column-builders.ts';
import * as fc from '../support/seeded-check.ts';

const byteDigest = (bytes: Uint8Array): Hash => createHash('sha256').update(bytes).digest('hex') as Hash;

/** Closes on a coarse tick, so that equal averages are common. */
const tape = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 30, maxLength: 200 }).map((steps): CandleColumns => {
  const close = Float64Array.from(steps, (step) => step / 2 + 10);
  const open = Float64Array.from(steps, (_, i) => close[i - 1] ?? 10);
  const high = open.map((price, i) => Math.max(price, close[i] ?? 0));
  const low = open.map((price, i) => Math.min(price, close[i] ?? 0));
  return { ...wanderingColumns(steps.length), open, high, low, close };
});

describe('a sweep over pairs of averages', () => {
  it('answers for each pair what the back-test answers, to the last digit', () => {
    let traded = 0;
    fc.assert(
      fc.property(
        tape,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('0', '10', '7.5'),
        (columns, fast, more, feeBps) => {
          const market = prepareSweep(toTicks(columns, finestStep(columns)));
          const run = sweepCross(market, fast, fast + more);
          const outcome = runBacktest(
            {
              series: [{ instrumentId: 'BTC/USDT.SIM' as InstrumentId, columns }],
              strategy: 'sma-cross',
              params: { fast, slow: fast + more },
              feeBps,
              cash: '1000',
            },
            { digest: sha256, byteDigest },
          );
          if (outcome.status !== 'completed') throw new Error('the back-test failed');
          traded += run.trades;
          expect(run.trades).toBe(outcome.trades.count);
          expect(run.isOpen).toBe(outcome.openPosition !== '0');
          const money = { cash: parseDecimal('1000'), feeBps: parseDecimal(feeBps) };
          expect(formatDecimal(sweepEquity(market, run, money))).toBe(outcome.finalEquity);
        },
      ),
      { numRuns: 300 },
    );
    expect(traded).toBeGreaterThan(300);
  });

  it('does the same from memory that threads share', () => {
    const ticks = toTicks(wanderingColumns(5000), { units: 1n, scale: 2 });
    const shared = prepareSweep(ticks, (length) => new Float64Array(new SharedArrayBuffer(8 * length)));
    expect(sweepCross(shared, 20, 50)).toEqual(sweepCross(prepareSweep(ticks), 20, 50));
    expect(shared.sums.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('plays nothing when there are fewer candles than the longer average', () => {
    const market = prepareSweep(toTicks(wanderingColumns(10), { units: 1n, scale: 2 }));
    expect(sweepCross(market, 5, 50)).toMatchObject({ trades: 0, isOpen: false, bought: 0, sold: 0 });
  });

  it('refuses what it could not compare exactly, and periods that are no pair', () => {
    const columns = wanderingColumns(100);
    const large = { ...columns, close: columns.close.map(() => 9e14 - 1) };
    const market = prepareSweep({
      ...toTicks(columns, { units: 1n, scale: 2 }),
      open: columns.open.subarray(0, 9),
      close: large.close.subarray(0, 9),
      length: 9,
    });
    expect(() => sweepCross(market, 2, 7)).toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(() => prepareSweep({ ...toTicks(columns, { units: 1n, scale: 2 }), close: large.close })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
    for (const [fast, slow] of [
      [0, 5],
      [5, 5],
      [2.5, 5],
      [7, 5],
    ] as const)
      expect(() => sweepCross(market, fast, slow)).toThrow(RangeError);
  });
});
