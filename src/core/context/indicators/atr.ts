import { checkLengths, checkPeriod } from './check-period.ts';
import type { CandleStream } from './stream.ts';
import { trueRange } from './true-range.ts';
import { undefinedUntil } from './undefined-until.ts';

/**
 * Average true range (J. W. Wilder, 1978), in units of price: the plain mean of the first `period` true ranges, then
 * (previous x (period - 1) + newest) / period; first defined at index `period`. Not a moving mean: that reads a third too high or
 * too low around a shock.
 */
export function atr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  into?: Float64Array,
): Float64Array {
  checkPeriod('atr', period, 1);
  checkLengths('atr', high, low, close);
  const out = undefinedUntil(close.length, period, into);
  if (close.length <= period) return out;
  let average = 0;
  for (let i = 1; i <= period; i++) average += trueRange(high[i] as number, low[i] as number, close[i - 1] as number);
  average /= period;
  out[period] = average;
  for (let i = period + 1; i < close.length; i++) {
    average *= period - 1;
    average += trueRange(high[i] as number, low[i] as number, close[i - 1] as number);
    average /= period;
    out[i] = average;
  }
  return out;
}

export function createAtr(period: number): CandleStream {
  checkPeriod('atr', period, 1);
  let seen = 0;
  let average = 0;
  let previousClose = 0;
  return {
    next(high, low, close) {
      seen++;
      const range = trueRange(high, low, previousClose);
      previousClose = close;
      if (seen === 1) return Number.NaN;
      if (seen > period + 1) average *= period - 1;
      average += range;
      if (seen <= period) return Number.NaN;
      average /= period;
      return average;
    },
  };
}
