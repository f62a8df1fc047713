import { checkPeriod } from './check-period.ts';
import { nearZero, type ValueStream } from './stream.ts';
import { undefinedUntil } from './undefined-until.ts';

function strength(gain: number, loss: number): number {
  const sum = gain + loss;
  return nearZero(sum) ? 0 : 100 * (gain / sum);
}

/**
 * Relative strength index (J. W. Wilder, 1978), 0..100: Wilder's average of the gains over that of gains and losses; first defined
 * at index `period`. A series that does not move at all answers 0, as the reference library does: neutral it is not, so a caller
 * must look at volatility as well.
 */
export function rsi(values: Float64Array, period: number, into?: Float64Array): Float64Array {
  checkPeriod('rsi', period, 2);
  const out = undefinedUntil(values.length, period, into);
  if (values.length <= period) return out;
  let gain = 0;
  let loss = 0;
  let previous = values[0] as number;
  for (let i = 1; i <= period; i++) {
    const value = values[i] as number;
    const change = value - previous;
    previous = value;
    if (change < 0) loss -= change;
    else gain += change;
  }
  gain /= period;
  loss /= period;
  out[period] = strength(gain, loss);
  const kept = period - 1;
  for (let i = period + 1; i < values.length; i++) {
    const value = values[i] as number;
    const change = value - previous;
    previous = value;
    // The positive parts of the change and of its opposite, exact and without a branch: no processor guesses the sign of the next
    // change, and its wrong guesses would take as long as the rest of the loop.
    const size = Math.abs(change);
    loss = (loss * kept + (size - change) * 0.5) / period;
    gain = (gain * kept + (size + change) * 0.5) / period;
    out[i] = strength(gain, loss);
  }
  return out;
}

export function createRsi(period: number): ValueStream {
  checkPeriod('rsi', period, 2);
  let seen = 0;
  let gain = 0;
  let loss = 0;
  let previous = 0;
  return {
    next(value) {
      seen++;
      const change = value - previous;
      previous = value;
      if (seen === 1) return Number.NaN;
      const smoothing = seen > period + 1;
      if (smoothing) {
        loss *= period - 1;
        gain *= period - 1;
      }
      if (change < 0) loss -= change;
      else gain += change;
      if (seen <= period) return Number.NaN;
      loss /= period;
      gain /= period;
      return strength(gain, loss);
    },
  };
}
