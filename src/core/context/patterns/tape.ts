import type { ClosedCandle } from '../../domain/candle.ts';
import { trueRange } from '../indicators/true-range.ts';
import { createSwings, type SwingFinder } from './swings.ts';
import type { PatternView } from './types.ts';

const UNIT_CANDLES = 14;
/** The longest candle pattern has three candles. */
const LEFT_OUT = 3;
/** A candle pattern depends on so many candles: the unit's, the ones left out, and the close before them for the first true range. */
export const CANDLE_PATTERN_CANDLES: number = UNIT_CANDLES + LEFT_OUT + 1;

type Prices = {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
};

/** The candles as they are and turned upside down, each as views that end at a candle. */
export type PatternTape = {
  readonly length: number;
  /** NaN until there are candles enough, 0 while the market stands still. */
  unitAt(at: number): number;
  view(at: number, mirrored: boolean): PatternView;
};

/** Everything is computed from windows of fixed length, so that no answer depends on where the record happens to begin. */
export function createTape(candles: readonly ClosedCandle[]): PatternTape {
  const plain: Prices = {
    open: Float64Array.from(candles, (candle) => candle.open),
    high: Float64Array.from(candles, (candle) => candle.high),
    low: Float64Array.from(candles, (candle) => candle.low),
    close: Float64Array.from(candles, (candle) => candle.close),
  };
  const mirror = upsideDown(plain);
  const finders: readonly [SwingFinder, SwingFinder] = [createSwings(plain), createSwings(mirror)];
  const units = typicalRanges(plain);
  const unitAt = (at: number): number => units[at] ?? Number.NaN;
  return {
    length: candles.length,
    unitAt,
    view(at, mirrored) {
      const swings = finders[mirrored ? 1 : 0];
      return { ...(mirrored ? mirror : plain), at, unit: unitAt(at), swings: () => swings.before(at) };
    },
  };
}

const upsideDown = ({ open, high, low, close }: Prices): Prices => ({
  open: open.map((price) => -price),
  high: low.map((price) => -price),
  low: high.map((price) => -price),
  close: close.map((price) => -price),
});

/** Summed anew for each candle: running sums would carry rounding from the beginning of the record. */
function typicalRanges({ high, low, close }: Prices): Float64Array {
  const ranges = high.map((value, i) => trueRange(value, low[i] as number, close[i - 1] ?? Number.NaN));
  return ranges.map((_, at) => {
    const end = at - LEFT_OUT;
    if (end < UNIT_CANDLES) return Number.NaN;
    let sum = 0;
    for (let i = end - UNIT_CANDLES + 1; i <= end; i++) sum += ranges[i] as number;
    return sum / UNIT_CANDLES;
  });
}
