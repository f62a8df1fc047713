import { describe, expect, it } from 'vitest';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { outcomeOf } from '#core/scorecard/outcome.ts';
import { candle } from '../../support/trading-builders.ts';

/** A candle from the close before to this one, with a little room around. */
const walk = (closes: readonly number[], from: number): readonly ClosedCandle[] =>
  closes.map((close, i) => {
    const open = closes[i - 1] ?? from;
    return candle(i, open, Math.max(open, close) + 0.2, Math.min(open, close) - 0.2, close);
  });
const zigzag = (n: number, size: number, level = 100): readonly number[] =>
  Array.from({ length: n }, (_, i) => level + (i % 2 === 0 ? size : -size));
const BEFORE = walk(zigzag(168, 0.5), 100);
const BASIS = { close: BEFORE.at(-1)?.close ?? 0, atr: 0.01 };
const ramp = (n: number, step: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => BASIS.close + (i + 1) * step);
const judge = (closes: readonly number[]) => outcomeOf(BASIS, BEFORE, walk(closes, BASIS.close));

describe('what became of a call', () => {
  it.each([
    ['up', 1.6],
    ['flat', 1.4],
    ['flat', -1.4],
    ['down', -1.6],
  ] as const)('is %s for a move of %f typical ranges', (direction, ranges) => {
    expect(judge(ramp(24, (ranges * BASIS.close * BASIS.atr) / 24)).direction).toBe(direction);
  });

  it('is ranging while it goes to and fro', () => {
    expect(judge(zigzag(24, 0.5)).regime).toBe('ranging');
  });

  it('is a breakout when a calm market closes far outside its range, and a trend when it was on its way already', () => {
    expect(judge(ramp(24, 0.3)).regime).toBe('breakout');
    const rising = walk(
      Array.from({ length: 168 }, (_, i) => 50 + 0.3 * i),
      50,
    );
    const last = rising.at(-1)?.close ?? 0;
    const on = walk(
      Array.from({ length: 24 }, (_, i) => last + 0.3 * (i + 1)),
      last,
    );
    expect(outcomeOf({ close: last, atr: 0.01 }, rising, on).regime).toBe('trending_up');
    const falling = walk(
      Array.from({ length: 168 }, (_, i) => 150 - 0.3 * i),
      150,
    );
    const low = falling.at(-1)?.close ?? 0;
    const down = walk(
      Array.from({ length: 24 }, (_, i) => low - 0.3 * (i + 1)),
      low,
    );
    expect(outcomeOf({ close: low, atr: 0.001 }, falling, down).regime).toBe('trending_down');
  });

  it('is volatile when returns spread twice as much as before, and illiquid when nobody trades', () => {
    expect(judge(zigzag(24, 2.2)).regime).toBe('volatile');
    const still = walk(zigzag(24, 0.5), BASIS.close).map((one, i) => (i < 12 ? { ...one, volume: 0 } : one));
    expect(outcomeOf(BASIS, BEFORE, still).regime).toBe('illiquid');
  });

  it('is nothing at all without enough of a past, or without anything after', () => {
    expect(() => outcomeOf(BASIS, BEFORE.slice(1), walk([1], 1))).toThrow(RangeError);
    expect(() => outcomeOf(BASIS, BEFORE, [])).toThrow(RangeError);
  });
});
