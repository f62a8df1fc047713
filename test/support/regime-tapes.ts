import type { Regime } from '#core/analyst/types.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import type { Interval } from '#core/domain/interval.ts';
import { createRng } from '#core/kernel/rng.ts';
import { rangeCloses, tapeOf, trendCloses } from './candle-tapes.ts';

export type RegimeTape = {
  readonly what: string;
  readonly interval: Interval;
  readonly regime: Regime;
  readonly candles: readonly ClosedCandle[];
  /** A tape that differs in the one thing that makes the regime. */
  readonly butFor: readonly ClosedCandle[];
};

const LENGTH = 700;

/** A seeded walk whose moves have the size (a fraction) that is given for each candle, and drift by a share of it. */
function walk(seed: number, sizeAt: (index: number) => number, drift = 0): readonly number[] {
  const rng = createRng(seed);
  let level = 100;
  return Array.from({ length: LENGTH }, (_, i) => {
    level *= 1 + sizeAt(i) * (rng.normal() + drift);
    return level;
  });
}

/** A quiet band at the end of a walk, and one close beyond it. */
function quietThen(beyond: number, seed = 5, volume = 60): readonly ClosedCandle[] {
  const before = walk(seed, () => 0.01);
  const level = before.at(-1) ?? 100;
  const band = rangeCloses(80, 16, 0.003, level);
  const { candles } = tapeOf([...before, ...band, level * (1 + beyond)]);
  return candles.map((candle, i) => (i === candles.length - 1 ? { ...candle, volume } : candle));
}

/** Every `nth` candle nobody trades; what is quoted moves all the same. */
const deserted = (candles: readonly ClosedCandle[], nth: number): readonly ClosedCandle[] =>
  candles.map((candle, i) => (i % nth === 0 ? { ...candle, volume: 0 } : candle));

const tape = (closes: readonly number[], interval: Interval = '1h'): readonly ClosedCandle[] =>
  tapeOf(closes, interval).candles;
const calm = (): number => 0.005;

export const REGIME_TAPES: readonly RegimeTape[] = [
  {
    what: 'a steady rise',
    interval: '1h',
    regime: 'trending_up',
    candles: tape(trendCloses(LENGTH, 0.001)),
    butFor: tape(trendCloses(LENGTH, 0)),
  },
  {
    what: 'a walk that drifts up',
    interval: '1h',
    regime: 'trending_up',
    candles: tape(walk(1, calm, 0.25)),
    butFor: tape(walk(1, calm, -0.25)),
  },
  {
    what: 'a steady fall',
    interval: '1h',
    regime: 'trending_down',
    candles: tape(trendCloses(LENGTH, -0.001)),
    butFor: tape(trendCloses(LENGTH, 0)),
  },
  {
    what: 'a walk that drifts down',
    interval: '1h',
    regime: 'trending_down',
    candles: tape(walk(2, calm, -0.25)),
    butFor: tape(walk(2, calm, 0.25)),
  },
  {
    what: 'a wave between two edges',
    interval: '1h',
    regime: 'ranging',
    candles: tape(rangeCloses(LENGTH, 24, 0.02)),
    butFor: tape(rangeCloses(LENGTH, 24, 0.02).map((close, i) => close * 1.001 ** i)),
  },
  {
    what: 'a short small wave',
    interval: '1h',
    regime: 'ranging',
    candles: tape(rangeCloses(LENGTH, 10, 0.006)),
    butFor: tape(rangeCloses(LENGTH, 10, 0.006).map((close, i) => close * 0.999 ** i)),
  },
  {
    what: 'a day of moves five times as large as ever',
    interval: '1h',
    regime: 'volatile',
    candles: tape(walk(3, (i) => (i < LENGTH - 24 ? 0.004 : 0.02))),
    butFor: tape(walk(3, () => 0.02)),
  },
  {
    what: 'one crash in a quiet market',
    interval: '1h',
    regime: 'volatile',
    candles: tape(walk(4, calm).map((close, i) => (i < LENGTH - 6 ? close : close * 0.85))),
    butFor: tape(walk(4, calm)),
  },
  {
    what: 'a close above a quiet band on high volume',
    interval: '1h',
    regime: 'breakout',
    candles: quietThen(0.02),
    butFor: quietThen(0),
  },
  {
    what: 'a close below a quiet band on high volume',
    interval: '1h',
    regime: 'breakout',
    candles: quietThen(-0.02, 6),
    butFor: quietThen(-0.002, 6),
  },
  {
    what: 'a rise in which every third candle is empty',
    interval: '1h',
    regime: 'illiquid',
    candles: deserted(tape(trendCloses(LENGTH, 0.001)), 3),
    butFor: deserted(tape(trendCloses(LENGTH, 0.001)), 60),
  },
  {
    what: 'a market where nothing has moved for a week',
    interval: '1h',
    regime: 'illiquid',
    candles: tape(walk(6, calm)).map((candle, i, all) => {
      const { close } = all[LENGTH - 150] ?? candle;
      return i < LENGTH - 150 ? candle : { ...candle, open: close, high: close, low: close, close };
    }),
    butFor: tape(walk(6, calm)),
  },
  {
    what: 'months of a bull market',
    interval: '1d',
    regime: 'trending_up',
    candles: tape(
      walk(7, () => 0.03, 0.35),
      '1d',
    ),
    butFor: tape(
      walk(7, () => 0.03, -0.35),
      '1d',
    ),
  },
  {
    what: 'months of a bear market',
    interval: '1d',
    regime: 'trending_down',
    candles: tape(
      walk(8, () => 0.03, -0.35),
      '1d',
    ),
    butFor: tape(
      walk(8, () => 0.03, 0.35),
      '1d',
    ),
  },
  {
    what: 'a fast fall out of a rise',
    interval: '1d',
    regime: 'trending_down',
    candles: tape(
      trendCloses(LENGTH, 0.002).map((close, i) => close * 0.99 ** Math.max(0, i - LENGTH + 9)),
      '1d',
    ),
    butFor: tape(trendCloses(LENGTH, 0.002), '1d'),
  },
  {
    what: 'months between two edges',
    interval: '1d',
    regime: 'ranging',
    candles: tape(rangeCloses(LENGTH, 30, 0.05), '1d'),
    butFor: tape(
      rangeCloses(LENGTH, 30, 0.05).map((close, i) => close * 1.005 ** i),
      '1d',
    ),
  },
];
