import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { buildContext, HISTORY_CANDLES, MINIMUM_CANDLES } from '#core/context/build-context.ts';
import { toColumns } from '#core/context/candle-columns.ts';
import { measureFacts } from '#core/context/measure-facts.ts';
import { snapshotOf, walkCandles } from '#test/support/snapshots.ts';
import * as fc from '../support/seeded-check.ts';

const seed = fc.nat(1_000_000);

/** The slowest memory is the 200-candle average: its seed still weighs 0.03 % after 1,000 candles. */
const limitOf = (name: string): number => (name.startsWith('ema200') ? 5e-3 : 1e-6);

/** The same data with every object rebuilt and its keys in another order. */
function rebuilt<T>(value: T): T {
  if (Array.isArray(value)) return value.map(rebuilt) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, rebuilt(member)]),
  ) as T;
}

describe('a context', () => {
  it('ranks the bands of 24 candles ago exactly as they were ranked then, without what came after', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 200, max: 400 }), (start, length) => {
        const candles = walkCandles(length, start);
        const then = measureFacts(toColumns(candles.slice(0, -24)), 0);
        expect(measureFacts(toColumns(candles), 0).bollingerWidthRankBefore).toBeCloseTo(then.bollingerWidthRank, 12);
      }),
      { numRuns: 40 },
    );
  });

  it('has a hash of its content, whatever objects carry it', () => {
    fc.assert(
      fc.property(seed, (start) => {
        const snapshot = snapshotOf(walkCandles(200, start));
        expect(buildContext(sha256, rebuilt(snapshot))).toEqual(buildContext(sha256, snapshot));
      }),
      { numRuns: 25 },
    );
  });

  it('never holds a fact that is not finite, on any length and with stretches that do not move', () => {
    fc.assert(
      fc.property(
        seed,
        fc.integer({ min: MINIMUM_CANDLES, max: 420 }),
        fc.nat(300),
        fc.nat(120),
        (start, length, from, still) => {
          const candles = walkCandles(length, start).map((candle, i, all) => {
            const frozen = all[Math.min(from, length - 1)]?.close ?? candle.close;
            if (i < from || i >= from + still) return candle;
            return { ...candle, open: frozen, high: frozen, low: frozen, close: frozen, volume: 0 };
          });
          const { facts } = buildContext(sha256, snapshotOf(candles));
          expect(facts.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
          expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  /** What is measured from a window or an average must not depend on how far back the record happens to begin. */
  it('hardly changes a fact when twice the history is there', () => {
    const ranks = new Set(['bollingerWidthRank', 'bollingerWidthRankBefore']);
    fc.assert(
      fc.property(seed, (start) => {
        const candles = walkCandles(2 * HISTORY_CANDLES, start);
        const all = measureFacts(toColumns(candles), 0);
        const asked = measureFacts(toColumns(candles.slice(-HISTORY_CANDLES)), 0);
        // What is measured on candles; the news has a history of its own.
        const names = (Object.keys(all) as (keyof typeof all)[]).filter((name) => !ranks.has(name));
        expect(names.filter((name) => !(Math.abs(all[name] - asked[name]) <= limitOf(name)))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
