/**
 * What a sample of results says about the average result. R is a ratio (result / planned risk), never money, so floats are right here.
 */
export type Expectancy =
  | { readonly kind: 'not_enough_data'; readonly n: number; readonly needed: number }
  | {
      readonly kind: 'estimate';
      readonly n: number;
      readonly meanR: number;
      readonly low: number;
      readonly high: number;
    };

/**
 * Fewer results than this say nothing. Four is the least at which losing every time is rarer than 1 in 10 under a fair coin
 * (1/16); the interval below stays wide until there are many more.
 */
export const ENOUGH_RESULTS = 4;

/**
 * Student's t, 95th percentile by degrees of freedom 1..30 (any statistics table). Beyond 30 the value for 30 is kept: it is
 * slightly too wide, which errs towards doubt.
 */
const T_95 = [
  6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.74,
  1.734, 1.729, 1.725, 1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697,
] as const;

/**
 * Mean of the results with a two-sided 90 % interval: mean +- t(n-1) x s / sqrt(n), s with Bessel's correction. `high < 0` therefore
 * says "negative" at 95 %, one-sided. Throws RangeError on a result that is not a finite number.
 */
export function expectancyOf(results: readonly number[], needed: number = ENOUGH_RESULTS): Expectancy {
  const n = results.length;
  if (results.some((value) => !Number.isFinite(value))) throw new RangeError('a result is not a finite number');
  if (n < Math.max(needed, 2)) return { kind: 'not_enough_data', n, needed };
  const meanR = results.reduce((total, value) => total + value, 0) / n;
  const squares = results.reduce((total, value) => total + (value - meanR) ** 2, 0);
  const t = T_95[Math.min(n - 1, T_95.length) - 1] as number;
  const half = t * Math.sqrt(squares / (n - 1) / n);
  return { kind: 'estimate', n, meanR, low: meanR - half, high: meanR + half };
}
