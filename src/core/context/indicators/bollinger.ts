import { checkPeriod } from './check-period.ts';
import { createRollingStd, rollingStd } from './rolling-std.ts';
import { createSma, sma } from './sma.ts';
import { undefinedUntil } from './undefined-until.ts';

export type Bollinger = { readonly upper: Float64Array; readonly middle: Float64Array; readonly lower: Float64Array };
export type BollingerReading = { readonly upper: number; readonly middle: number; readonly lower: number };

/** Bollinger bands: moving mean plus and minus `deviations` population standard deviations; first defined at index period - 1. */
export function bollinger(values: Float64Array, period: number, deviations: number): Bollinger {
  checkPeriod('bollinger', period, 2);
  const middle = sma(values, period);
  const upper = rollingStd(values, period);
  const lower = undefinedUntil(values.length, period - 1);
  for (let i = period - 1; i < values.length; i++) {
    const mean = middle[i] as number;
    const reach = (upper[i] as number) * deviations;
    upper[i] = mean + reach;
    lower[i] = mean - reach;
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
