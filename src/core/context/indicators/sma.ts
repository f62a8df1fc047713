import { checkPeriod } from './check-period.ts';
import type { ValueStream } from './stream.ts';
import { undefinedUntil } from './undefined-until.ts';

/**
 * Simple moving average over `period` values; first defined at index period - 1. Running sum: add the newest, divide, drop the oldest.
 * Written into `into` when it is given, as every indicator here.
 */
export function sma(values: Float64Array, period: number, into?: Float64Array): Float64Array {
  checkPeriod('sma', period, 1);
  const first = period - 1;
  const out = undefinedUntil(values.length, first, into);
  if (values.length <= first) return out;
  let sum = 0;
  for (let i = 0; i < first; i++) sum += values[i] as number;
  for (let i = first; i < values.length; i++) {
    sum += values[i] as number;
    out[i] = sum / period;
    sum -= values[i - first] as number;
  }
  return out;
}

export function createSma(period: number): ValueStream {
  checkPeriod('sma', period, 1);
  const ring = new Float64Array(period);
  let seen = 0;
  let sum = 0;
  return {
    next(value) {
      ring[seen % period] = value;
      seen++;
      sum += value;
      if (seen < period) return Number.NaN;
      const mean = sum / period;
      sum -= ring[seen % period] as number;
      return mean;
    },
  };
}
