import { realisedVolatility } from './indicators/realised-volatility.ts';

/** The value at the end, `back` candles ago; NaN when the column does not reach that far. */
export const last = (column: Float64Array, back = 0): number => column[column.length - 1 - back] ?? Number.NaN;

export const hasMoved = (close: Float64Array): boolean => close.some((value) => value !== close[0]);

/** Votes of neighbours in the order given, from 1 (each above the next) to -1 (each below); ties do not vote. */
export function stackOrder(levels: readonly number[]): number {
  let votes = 0;
  for (let i = 1; i < levels.length; i++) votes += Math.sign((levels[i - 1] as number) - (levels[i] as number));
  return votes / (levels.length - 1);
}

/** Price change over `period` candles in standard deviations of a random walk of these candles' own volatility. */
export const driftOver = (close: Float64Array, period: number): number =>
  close.length <= period
    ? Number.NaN
    : Math.log(1 + (last(close) / last(close, period) - 1)) /
      (last(realisedVolatility(close, period)) * Math.sqrt(period));
