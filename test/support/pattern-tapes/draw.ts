import type { PatternName } from '#core/context/patterns/catalogue.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { unixMs } from '#core/domain/ids.ts';
import { TAPE_START } from '../candle-tapes.ts';

/** Open, high, low and close as distances from 100. */
export type Drawn = readonly [open: number, high: number, low: number, close: number];

/** A tape with what is special about it. */
export type LabelledTape = readonly [what: string, candles: readonly ClosedCandle[]];

/** Tapes on whose last candle the pattern is complete, and near misses on which it is not. `mirror` is its bearish twin. */
export type PatternTapes = {
  readonly name: PatternName;
  readonly mirror?: PatternName;
  readonly complete: readonly LabelledTape[];
  readonly missed: readonly LabelledTape[];
};

const HOUR = 3_600_000;

const candle = (index: number, [open, high, low, close]: Drawn): ClosedCandle =>
  ({
    openTime: unixMs(TAPE_START + index * HOUR),
    closeTime: unixMs(TAPE_START + (index + 1) * HOUR),
    open: 100 + open,
    high: 100 + high,
    low: 100 + low,
    close: 100 + close,
    volume: 1,
  }) as ClosedCandle;

/** Thirty candles of range 1 that end at 100, each moving by `step`, and then those drawn: the typical range is 1. */
function after(step: number, drawn: readonly Drawn[]): readonly ClosedCandle[] {
  const before = Array.from({ length: 30 }, (_, i): Drawn => {
    const [open, close] = [(i - 30) * step, (i - 29) * step];
    const reach = (1 - Math.abs(step)) / 2;
    return [open, Math.max(open, close) + reach, Math.min(open, close) - reach, close];
  });
  return [...before, ...drawn].map((one, i) => candle(i, one));
}

export const afterFall = (...drawn: readonly Drawn[]): readonly ClosedCandle[] => after(-0.4, drawn);
export const afterRise = (...drawn: readonly Drawn[]): readonly ClosedCandle[] => after(0.4, drawn);
export const afterNothing = (...drawn: readonly Drawn[]): readonly ClosedCandle[] => after(0, drawn);

/** Closes along straight legs, `[candles, height]` each, from height 0; a candle opens at the close before and reaches 0.4 beyond. */
export function legs(...corners: readonly (readonly [candles: number, height: number])[]): readonly ClosedCandle[] {
  let height = 0;
  const closes = corners.flatMap(([count, target]) => {
    const from = height;
    height = target;
    return Array.from({ length: count }, (_, i) => from + ((target - from) * (i + 1)) / count);
  });
  return closes.map((close, i) => {
    const open = closes[i - 1] ?? 0;
    return candle(i, [open, Math.max(open, close) + 0.4, Math.min(open, close) - 0.4, close]);
  });
}

/** The same chart turned upside down around 100. */
export const upsideDown = (candles: readonly ClosedCandle[]): readonly ClosedCandle[] =>
  candles.map((one) => ({
    ...one,
    open: 200 - one.open,
    high: 200 - one.low,
    low: 200 - one.high,
    close: 200 - one.close,
  }));
