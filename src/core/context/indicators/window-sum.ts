import { checkPeriod } from './check-period.ts';
import type { ValueStream } from './stream.ts';

/**
 * Sum of the newest `period` values that never subtracts. Values are taken in blocks of `period`; a window is the tail of one
 * block plus the head of the next. A running sum keeps the rounding residue of a value that has left (after a crash a market that
 * stands still would show volatility); this one is exactly zero for a window of zeros and never negative for a window of squares.
 */
export function createWindowSum(period: number): ValueStream {
  checkPeriod('windowSum', period, 1);
  const block = new Float64Array(period);
  /** tail[j] = block[j] + ... + block[period - 1] of the previous block. */
  const tail = new Float64Array(period);
  let position = 0;
  let head = 0;
  let full = false;
  return {
    next(value) {
      block[position] = value;
      head = position === 0 ? value : head + value;
      if (position < period - 1) {
        position++;
        return full ? (tail[position] as number) + head : Number.NaN;
      }
      let sum = 0;
      for (let j = period - 1; j >= 0; j--) {
        sum += block[j] as number;
        tail[j] = sum;
      }
      position = 0;
      full = true;
      return head;
    },
  };
}
