import { checkPeriod } from './check-period.ts';
import type { ValueStream } from './stream.ts';
import { undefinedUntil } from './undefined-until.ts';

/**
 * Exponential moving average, weight 2 / (period + 1), seeded with the plain mean of the first `period` values; first defined at
 * index period - 1. The seed's weight after n more values is (1 - 2/(period+1))^n.
 */
export function ema(values: Float64Array, period: number, into?: Float64Array): Float64Array {
  return emaFrom(values, period, 0, into);
}

/** The same, leaving out everything before index `start`: an average of a column that is itself defined only from there. */
export function emaFrom(values: Float64Array, period: number, start: number, into?: Float64Array): Float64Array {
  checkPeriod('ema', period, 1);
  const first = start + period - 1;
  const out = undefinedUntil(values.length, first, into);
  if (values.length <= first) return out;
  const weight = 2 / (period + 1);
  let sum = 0;
  for (let i = start; i <= first; i++) sum += values[i] as number;
  let mean = sum / period;
  out[first] = mean;
  for (let i = first + 1; i < values.length; i++) {
    mean = ((values[i] as number) - mean) * weight + mean;
    out[i] = mean;
  }
  return out;
}

export function createEma(period: number): ValueStream {
  checkPeriod('ema', period, 1);
  const weight = 2 / (period + 1);
  let seen = 0;
  let sum = 0;
  let mean = Number.NaN;
  return {
    next(value) {
      seen++;
      if (seen > period) {
        mean = (value - mean) * weight + mean;
        return mean;
      }
      sum += value;
      if (seen === period) mean = sum / period;
      return mean;
    },
  };
}
