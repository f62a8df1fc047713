import { describe, expect, it } from 'vitest';
import {
  createPatternStream,
  PATTERN_LOOK_BACK,
  type PatternHit,
  patternsAt,
  patternsIn,
} from '#core/context/patterns/patterns-in.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { scaled, walkCandles } from '#test/support/snapshots.ts';
import * as fc from '../support/seeded-check.ts';

const seed = fc.nat(1_000_000);

/** Some stretches of the walk stand still: no trade, no range. */
const market = fc
  .record({ start: seed, length: fc.integer({ min: 150, max: 400 }), still: fc.nat(40), from: fc.nat(300) })
  .map(({ start, length, still, from }) =>
    walkCandles(length, start).map((candle, i, all): ClosedCandle => {
      if (i < from || i >= from + still) return candle;
      const frozen = all[Math.min(from, length - 1)]?.close ?? candle.close;
      return { ...candle, open: frozen, high: frozen, low: frozen, close: frozen, volume: 0 };
    }),
  );

const OTHER_SIDE = { bullish: 'bearish', bearish: 'bullish', neutral: 'neutral' } as const;
const sides = (hits: readonly PatternHit[], turned: boolean): readonly string[] =>
  hits.map(({ index, kind, direction }) => `${index} ${kind} ${turned ? OTHER_SIDE[direction] : direction}`).toSorted();

describe('patterns', () => {
  it('are the same when no later candle is known: nothing after a hit changes it', () => {
    let seen = 0;
    fc.assert(
      fc.property(market, fc.nat(250), (candles, cut) => {
        const length = candles.length - Math.min(cut, candles.length - 1);
        const then = patternsIn(candles.slice(0, length));
        expect(patternsIn(candles).filter(({ index }) => index < length)).toEqual(then);
        seen += then.length;
      }),
      { numRuns: 60 },
    );
    expect(seen).toBeGreaterThan(500);
  });

  it('are the same fed one candle at a time', () => {
    fc.assert(
      fc.property(market, (candles) => {
        const stream = createPatternStream();
        expect(candles.flatMap((candle) => stream.next(candle))).toEqual(patternsIn(candles));
      }),
      { numRuns: 12 },
    );
  });

  it('of the last candle depend on the look-back alone, bit for bit', () => {
    fc.assert(
      fc.property(market, fc.nat(200), (candles, more) => {
        const end = Math.min(candles.length, PATTERN_LOOK_BACK + more);
        const whole = patternsIn(candles.slice(0, end)).filter(({ index }) => index === end - 1);
        const window = patternsAt(candles.slice(Math.max(0, end - PATTERN_LOOK_BACK), end));
        expect(window.map(({ name, knownAt }) => [name, knownAt])).toEqual(
          whole.map(({ name, knownAt }) => [name, knownAt]),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('do not depend on what a coin costs', () => {
    fc.assert(
      fc.property(market, fc.integer({ min: -40, max: 20 }), (candles, power) => {
        expect(patternsIn(scaled(candles, 2 ** power, 3))).toEqual(patternsIn(candles));
      }),
      { numRuns: 20 },
    );
  });

  it('on a market turned upside down are those of the other side', () => {
    fc.assert(
      fc.property(market, (candles) => {
        // Prices are whole multiples of 2^-6 here, so that turning them rounds nothing.
        const exact = (given: readonly ClosedCandle[]) =>
          given.map((candle) => ({
            ...candle,
            open: Math.round(candle.open * 64) / 64,
            high: Math.round(candle.high * 64) / 64,
            low: Math.round(candle.low * 64) / 64,
            close: Math.round(candle.close * 64) / 64,
          }));
        const plain = exact(candles);
        const mirrored = plain.map((candle) => ({
          ...candle,
          open: 1024 - candle.open,
          high: 1024 - candle.low,
          low: 1024 - candle.high,
          close: 1024 - candle.close,
        }));
        expect(sides(patternsIn(mirrored), false)).toEqual(sides(patternsIn(plain), true));
      }),
      { numRuns: 40 },
    );
  });

  it('are not seen in a market that stands still', () => {
    const still = walkCandles(200, 1).map((candle) => ({ ...candle, open: 5, high: 5, low: 5, close: 5 }));
    expect(patternsIn(still)).toEqual([]);
  });
});
