import type { CandleSeries, ClosedCandle } from '#core/domain/candle.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';

export const TAPE_START = unixMs(1_700_000_000_000 - (1_700_000_000_000 % 86_400_000));

/** Closed candles whose closes are given; each opens at the close before it and reaches `reach` (a fraction) beyond its body. */
export function tapeOf(closes: readonly number[], interval: Interval = '1h', reach = 0.001): CandleSeries {
  const step = INTERVAL_MS[interval];
  const candles = closes.map((close, index) => {
    const open = closes[index - 1] ?? close;
    return {
      openTime: unixMs(TAPE_START + index * step),
      closeTime: unixMs(TAPE_START + (index + 1) * step),
      open,
      high: Math.max(open, close) * (1 + reach),
      low: Math.min(open, close) * (1 - reach),
      close,
      volume: 10 + (index % 7),
    } as ClosedCandle;
  });
  return { interval, candles };
}

/** Steady rise or fall by `drift` a candle with a small ripple, so that no indicator degenerates. */
export const trendCloses = (length: number, drift: number, from = 100): readonly number[] =>
  Array.from({ length }, (_, i) => from * (1 + drift) ** i * (1 + 0.002 * Math.sin(i / 3)));

/** A wave around `middle`: `height` is the fraction from the middle to an edge, `period` the candles of one wave. */
export const rangeCloses = (length: number, period = 24, height = 0.02, middle = 100): readonly number[] =>
  Array.from(
    { length },
    (_, i) => middle * (1 + height * Math.sin((2 * Math.PI * i) / period) + 0.003 * Math.sin(i * 2.7)),
  );

/** When the candle at `index` may be known. */
export const closeTimeAt = (series: CandleSeries, index: number): UnixMs => {
  const candle = series.candles[index];
  if (candle === undefined) throw new RangeError(`no candle ${index}`);
  return candle.closeTime;
};

/** The series as it stood when the candle at `index` had closed. */
export const seriesUntil = (series: CandleSeries, index: number): CandleSeries => ({
  interval: series.interval,
  candles: series.candles.slice(0, index + 1),
});
