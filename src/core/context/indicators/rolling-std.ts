import { checkPeriod } from './check-period.ts';
import { rootOfVariance, type ValueStream } from './stream.ts';
import { undefinedUntil } from './undefined-until.ts';

/**
 * Population standard deviation over `period` values (mean of squares minus square of the mean, running sums); first defined at
 * index period - 1. A variance below 1e-14 is zero: feed it prices near 1, not near a millionth.
 */
export function rollingStd(values: Float64Array, period: number, into?: Float64Array): Float64Array {
  checkPeriod('rollingStd', period, 2);
  const first = period - 1;
  const out = undefinedUntil(values.length, first, into);
  if (values.length <= first) return out;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < first; i++) {
    const value = values[i] as number;
    sum += value;
    squares += value * value;
  }
  for (let i = first; i < values.length; i++) {
    const value = values[i] as number;
    sum += value;
    squares += value * value;
    const mean = sum / period;
    out[i] = rootOfVariance(squares / period - mean * mean);
    const oldest = values[i - first] as number;
    sum -= oldest;
    squares -= oldest * oldest;
  }
  return out;
}

export function createRollingStd(period: number): ValueStream {
  checkPeriod('rollingStd', period, 2);
  const ring = new Float64Array(period);
  let seen = 0;
  let sum = 0;
  let squares = 0;
  return {
    next(value) {
      ring[seen % period] = value;
      seen++;
      sum += value;
      squares += value * value;
      if (seen < period) return Number.NaN;
      const mean = sum / period;
      const deviation = rootOfVariance(squares / period - mean * mean);
      const oldest = ring[seen % period] as number;
      sum -= oldest;
      squares -= oldest * oldest;
      return deviation;
    },
  };
}
