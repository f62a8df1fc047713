import { checkPeriod } from './check-period.ts';
import { createRollingStd } from './rolling-std.ts';
import { createSma } from './sma.ts';
import { rootOfVariance } from './stream.ts';
import { undefinedUntil } from './undefined-until.ts';

export type Bollinger = { readonly upper: Float64Array; readonly middle: Float64Array; readonly lower: Float64Array };
export type BollingerReading = { readonly upper: number; readonly middle: number; readonly lower: number };

/**
 * Bollinger bands: moving mean plus and minus `deviations` population standard deviations; first defined at index period - 1. One loop
 * with the sums of `sma` and `rollingStd`, which are the same, so that the bits are theirs.
 */
export function bollinger(values: Float64Array, period: number, deviations: number, into?: Bollinger): Bollinger {
  checkPeriod('bollinger', period, 2);
  const first = period - 1;
  const { length } = values;
  const upper = undefinedUntil(length, first, into?.upper);
  const middle = undefinedUntil(length, first, into?.middle);
  const lower = undefinedUntil(length, first, into?.lower);
  if (length <= first) return { upper, middle, lower };
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < first; i++) {
    const value = values[i] as number;
    sum += value;
    squares += value * value;
  }
  for (let i = first; i < length; i++) {
    const value = values[i] as number;
    sum += value;
    squares += value * value;
    const mean = sum / period;
    const reach = rootOfVariance(squares / period - mean * mean) * deviations;
    middle[i] = mean;
    upper[i] = mean + reach;
    lower[i] = mean - reach;
    const oldest = values[i - first] as number;
    sum -= oldest;
    squares -= oldest * oldest;
  }
  return { upper, middle, lower };
}

/** Distance between the bands as a fraction of the middle; NaN before the first defined index. */
export function bollingerWidth(values: Float64Array, period: number, deviations: number): Float64Array {
  const { upper, middle, lower } = bollinger(values, period, deviations);
  const width = new Float64Array(values.length);
  for (let i = 0; i < width.length; i++)
    width[i] = ((upper[i] as number) - (lower[i] as number)) / (middle[i] as number);
  return width;
}

export function createBollinger(period: number, deviations: number): { next(value: number): BollingerReading } {
  checkPeriod('bollinger', period, 2);
  const mean = createSma(period);
  const deviation = createRollingStd(period);
  return {
    next(value) {
      const middle = mean.next(value);
      const reach = deviation.next(value) * deviations;
      return { upper: middle + reach, middle, lower: middle - reach };
    },
  };
}
