import { checkLengths, checkPeriod } from './check-period.ts';
import { nearZero } from './stream.ts';
import { trueRange } from './true-range.ts';
import { undefinedUntil } from './undefined-until.ts';

export type Directional = { readonly adx: Float64Array; readonly plusDi: Float64Array; readonly minusDi: Float64Array };
export type DirectionalReading = { readonly adx: number; readonly plusDi: number; readonly minusDi: number };
export type DirectionalStream = { next(high: number, low: number, close: number): DirectionalReading };

/**
 * Wilder's directional system (1978), each line 0..100. The directional movements and the true range are summed over the first
 * period - 1 changes, then smoothed as sum - sum/period + newest. +DI and -DI are defined from index `period`; ADX is the mean of
 * the first `period` indices, so from 2 x period - 1, then Wilder's average.
 *
 * Ties decide the result: equal outward moves up and down count for neither side, and a candle without any movement leaves ADX as
 * it was (and adds nothing to its first mean). Libraries that differ here are off by several per cent on markets with coarse ticks.
 */
export function adx(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  into?: Directional,
): Directional {
  checkPeriod('adx', period, 2);
  checkLengths('adx', high, low, close);
  const length = close.length;
  const firstAdx = 2 * period - 1;
  const line = undefinedUntil(length, firstAdx, into?.adx);
  const plusLine = undefinedUntil(length, period, into?.plusDi);
  const minusLine = undefinedUntil(length, period, into?.minusDi);
  let plus = 0;
  let minus = 0;
  let range = 0;
  let average = 0;
  let previousHigh = high[0] as number;
  let previousLow = low[0] as number;
  let previousClose = close[0] as number;
  // Two loops: a single one that asks at every candle whether the first sums are complete takes two and a half times as long.
  for (let i = 1; i < Math.min(period, length); i++) {
    const newHigh = high[i] as number;
    const newLow = low[i] as number;
    const up = newHigh - previousHigh;
    const down = previousLow - newLow;
    range += trueRange(newHigh, newLow, previousClose);
    previousHigh = newHigh;
    previousLow = newLow;
    previousClose = close[i] as number;
    if (down > 0 && up < down) minus += down;
    else if (up > 0 && up > down) plus += up;
  }
  for (let i = period; i < length; i++) {
    const newHigh = high[i] as number;
    const newLow = low[i] as number;
    const up = newHigh - previousHigh;
    const down = previousLow - newLow;
    const newest = trueRange(newHigh, newLow, previousClose);
    previousHigh = newHigh;
    previousLow = newLow;
    previousClose = close[i] as number;
    minus -= minus / period;
    plus -= plus / period;
    range = range - range / period + newest;
    if (down > 0 && up < down) minus += down;
    else if (up > 0 && up > down) plus += up;
    const standing = nearZero(range);
    const plusDi = standing ? 0 : 100 * (plus / range);
    const minusDi = standing ? 0 : 100 * (minus / range);
    plusLine[i] = plusDi;
    minusLine[i] = minusDi;
    const sum = minusDi + plusDi;
    if (!nearZero(sum)) {
      const index = 100 * (Math.abs(minusDi - plusDi) / sum);
      average = i > firstAdx ? (average * (period - 1) + index) / period : average + index;
    }
    if (i < firstAdx) continue;
    if (i === firstAdx) average /= period;
    line[i] = average;
  }
  return { adx: line, plusDi: plusLine, minusDi: minusLine };
}

export function createAdx(period: number): DirectionalStream {
  checkPeriod('adx', period, 2);
  const firstAdx = 2 * period - 1;
  let i = -1;
  let plus = 0;
  let minus = 0;
  let range = 0;
  let average = 0;
  let previousHigh = 0;
  let previousLow = 0;
  let previousClose = 0;
  return {
    next(high, low, close) {
      i++;
      const up = high - previousHigh;
      const down = previousLow - low;
      const newest = trueRange(high, low, previousClose);
      previousHigh = high;
      previousLow = low;
      previousClose = close;
      if (i === 0) return { adx: Number.NaN, plusDi: Number.NaN, minusDi: Number.NaN };
      if (i < period) range += newest;
      else {
        minus -= minus / period;
        plus -= plus / period;
        range = range - range / period + newest;
      }
      if (down > 0 && up < down) minus += down;
      else if (up > 0 && up > down) plus += up;
      if (i < period) return { adx: Number.NaN, plusDi: Number.NaN, minusDi: Number.NaN };
      const standing = nearZero(range);
      const plusDi = standing ? 0 : 100 * (plus / range);
      const minusDi = standing ? 0 : 100 * (minus / range);
      const sum = minusDi + plusDi;
      if (!nearZero(sum)) {
        const index = 100 * (Math.abs(minusDi - plusDi) / sum);
        average = i > firstAdx ? (average * (period - 1) + index) / period : average + index;
      }
      if (i === firstAdx) average /= period;
      return { adx: i < firstAdx ? Number.NaN : average, plusDi, minusDi };
    },
  };
}
