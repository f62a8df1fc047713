import type { CandleGap, CandleSeries, ClosedCandle } from '../domain/candle.ts';
import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import type { CandleColumns } from './types.ts';

export const PRICE_FIELDS = ['open', 'high', 'low', 'close'] as const;

/** The columns in the order in which files and blobs hold them. */
export const COLUMN_NAMES = ['openTime', ...PRICE_FIELDS, 'volume'] as const;

/** Columns of zeros, to be written by the caller before anybody else sees them. */
export const emptyColumns = (interval: Interval, length: number): CandleColumns => ({
  interval,
  length,
  openTime: new Float64Array(length),
  open: new Float64Array(length),
  high: new Float64Array(length),
  low: new Float64Array(length),
  close: new Float64Array(length),
  volume: new Float64Array(length),
});

export function columnsOfCandles(candles: readonly ClosedCandle[], interval: Interval): CandleColumns {
  const columns = emptyColumns(interval, candles.length);
  for (const [i, candle] of candles.entries()) {
    columns.openTime[i] = candle.openTime;
    columns.open[i] = candle.open;
    columns.high[i] = candle.high;
    columns.low[i] = candle.low;
    columns.close[i] = candle.close;
    columns.volume[i] = candle.volume;
  }
  return columns;
}

/** One candle of the columns. Throws RangeError outside them. */
export function candleAt(columns: CandleColumns, index: number): ClosedCandle {
  const openTime = columns.openTime[index];
  if (openTime === undefined) throw new RangeError(`no candle ${index} among ${columns.length}`);
  return {
    openTime: openTime as UnixMs,
    closeTime: (openTime + INTERVAL_MS[columns.interval]) as UnixMs,
    open: columns.open[index],
    high: columns.high[index],
    low: columns.low[index],
    close: columns.close[index],
    volume: columns.volume[index],
  } as ClosedCandle;
}

export const seriesOfColumns = (columns: CandleColumns): CandleSeries => ({
  interval: columns.interval,
  candles: Array.from({ length: columns.length }, (_, index) => candleAt(columns, index)),
});

/** How many open times lie before `moment` (binary search). */
export function countBefore(openTime: Float64Array, moment: number): number {
  let low = 0;
  let high = openTime.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((openTime[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Candles begin..end-1 as views: nothing is copied, and the whole stays in memory as long as the part is held. */
export function sliceColumns(columns: CandleColumns, begin: number, end: number): CandleColumns {
  const openTime = columns.openTime.subarray(begin, end);
  return {
    interval: columns.interval,
    length: openTime.length,
    openTime,
    open: columns.open.subarray(begin, end),
    high: columns.high.subarray(begin, end),
    low: columns.low.subarray(begin, end),
    close: columns.close.subarray(begin, end),
    volume: columns.volume.subarray(begin, end),
  };
}

/** The candles that open at or after `from` and before `to`, as views. */
export const sliceByTime = (columns: CandleColumns, from?: UnixMs, to?: UnixMs): CandleColumns => {
  const begin = from === undefined ? 0 : countBefore(columns.openTime, from);
  const end = to === undefined ? columns.length : countBefore(columns.openTime, to);
  return sliceColumns(columns, begin, Math.max(begin, end));
};

/** The holes between neighbouring open times; see `CandleGap`. */
export function gapsOfTimes(openTime: Float64Array, interval: Interval): readonly CandleGap[] {
  const step = INTERVAL_MS[interval];
  const gaps: CandleGap[] = [];
  for (let i = 1; i < openTime.length; i++) {
    const after = openTime[i - 1] as number;
    const before = openTime[i] as number;
    if (before - after !== step)
      gaps.push({ after: after as UnixMs, before: before as UnixMs, missing: (before - after) / step - 1 });
  }
  return gaps;
}
