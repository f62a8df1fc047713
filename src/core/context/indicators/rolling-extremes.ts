import { checkPeriod } from './check-period.ts';
import type { ValueStream } from './stream.ts';
import { undefinedUntil } from './undefined-until.ts';

/**
 * Highest of the newest `period` values (upper Donchian line when fed highs); first defined at index period - 1.
 * The index of the highest is kept and searched anew only when it leaves the window. A queue of candidates has the better worst
 * case (a long steady fall) but is slower on prices.
 */
export function rollingMax(values: Float64Array, period: number): Float64Array {
  checkPeriod('rollingMax', period, 1);
  const out = undefinedUntil(values.length, period - 1);
  let at = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const start = i - period + 1;
    if (value >= highest) {
      highest = value;
      at = i;
    } else if (at < start) {
      at = start;
      highest = values[start] as number;
      for (let j = start + 1; j <= i; j++) {
        const other = values[j] as number;
        if (other >= highest) {
          highest = other;
          at = j;
        }
      }
    }
    if (start >= 0) out[i] = highest;
  }
  return out;
}

/** Lowest of the newest `period` values; see `rollingMax`. */
export function rollingMin(values: Float64Array, period: number): Float64Array {
  checkPeriod('rollingMin', period, 1);
  const out = undefinedUntil(values.length, period - 1);
  let at = -1;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const start = i - period + 1;
    if (value <= lowest) {
      lowest = value;
      at = i;
    } else if (at < start) {
      at = start;
      lowest = values[start] as number;
      for (let j = start + 1; j <= i; j++) {
        const other = values[j] as number;
        if (other <= lowest) {
          lowest = other;
          at = j;
        }
      }
    }
    if (start >= 0) out[i] = lowest;
  }
  return out;
}

function createExtreme(period: number, sign: 1 | -1): ValueStream {
  const ring = new Float64Array(period);
  let seen = 0;
  return {
    next(value) {
      ring[seen % period] = value;
      seen++;
      if (seen < period) return Number.NaN;
      let extreme = ring[0] as number;
      for (let i = 1; i < period; i++) {
        const other = ring[i] as number;
        if (sign * other > sign * extreme) extreme = other;
      }
      return extreme;
    },
  };
}

export function createRollingMax(period: number): ValueStream {
  checkPeriod('rollingMax', period, 1);
  return createExtreme(period, 1);
}

export function createRollingMin(period: number): ValueStream {
  checkPeriod('rollingMin', period, 1);
  return createExtreme(period, -1);
}
