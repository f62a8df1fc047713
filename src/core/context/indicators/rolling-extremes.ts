import { checkPeriod } from './check-period.ts';
import type { ValueStream } from './stream.ts';
import { undefinedUntil } from './undefined-until.ts';

/**
 * Highest of the newest `period` values (upper Donchian line when fed highs); first defined at index period - 1. Values are taken in
 * blocks of `period`: a window is the tail of one block and the head of the next, each kept as a running extreme (M. van Herk, 1992).
 * Three comparisons a value whatever the prices do, where searching anew depends on how often the extreme leaves the window.
 */
export function rollingMax(values: Float64Array, period: number, into?: Float64Array): Float64Array {
  checkPeriod('rollingMax', period, 1);
  const out = undefinedUntil(values.length, period - 1, into);
  /** tail[j]: the highest of places j..period-1 of the block before. */
  const tail = new Float64Array(period);
  for (let start = 0; start < values.length; start += period) {
    const end = Math.min(values.length, start + period);
    let head = Number.NEGATIVE_INFINITY;
    for (let i = start; i < end; i++) {
      head = Math.max(head, values[i] as number);
      const place = i - start + 1;
      if (place === period) out[i] = head;
      else if (start > 0) out[i] = Math.max(head, tail[place] as number);
    }
    let back = Number.NEGATIVE_INFINITY;
    for (let i = end - 1; i >= start; i--) {
      back = Math.max(back, values[i] as number);
      tail[i - start] = back;
    }
  }
  return out;
}

/** Lowest of the newest `period` values; see `rollingMax`. */
export function rollingMin(values: Float64Array, period: number, into?: Float64Array): Float64Array {
  checkPeriod('rollingMin', period, 1);
  const out = undefinedUntil(values.length, period - 1, into);
  const tail = new Float64Array(period);
  for (let start = 0; start < values.length; start += period) {
    const end = Math.min(values.length, start + period);
    let head = Number.POSITIVE_INFINITY;
    for (let i = start; i < end; i++) {
      head = Math.min(head, values[i] as number);
      const place = i - start + 1;
      if (place === period) out[i] = head;
      else if (start > 0) out[i] = Math.min(head, tail[place] as number);
    }
    let back = Number.POSITIVE_INFINITY;
    for (let i = end - 1; i >= start; i--) {
      back = Math.min(back, values[i] as number);
      tail[i - start] = back;
    }
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
