import type { Arm, LessonArms } from './types.ts';

/** What a lesson changed: the average result of decisions that knew it minus that of decisions that did not, in R of the policy's risk. */
export type Uplift =
  | { readonly kind: 'not_enough_data'; readonly used: number; readonly withheld: number; readonly needed: number }
  | {
      readonly kind: 'estimate';
      readonly used: number;
      readonly withheld: number;
      readonly mean: number;
      /** Ends of the 95 % interval. */
      readonly low: number;
      readonly high: number;
      /** It is below this with 90 %. */
      readonly ceiling: number;
    };

/** Fewest decisions on either side. */
export const ENOUGH_TRIALS = 10;
/** Percentiles of the standard normal law. */
const Z_975 = 1.959964;
const Z_90 = 1.281552;

/**
 * Difference of two means with B. Welch's interval (1947): the two sides may vary differently, as they do when a lesson forbids every trade.
 * Because withholding is drawn by chance, nothing but the lesson differs between the sides, and the difference is its effect.
 */
export function upliftOf({ used, withheld }: Pick<LessonArms, 'used' | 'withheld'>): Uplift {
  if (used.n < ENOUGH_TRIALS || withheld.n < ENOUGH_TRIALS)
    return { kind: 'not_enough_data', used: used.n, withheld: withheld.n, needed: ENOUGH_TRIALS };
  const mean = used.sum / used.n - withheld.sum / withheld.n;
  const [a, b] = [errorOf(used), errorOf(withheld)];
  const error = a + b;
  // Welch and Satterthwaite's degrees of freedom.
  const freedom =
    error === 0 ? used.n + withheld.n - 2 : error ** 2 / (a ** 2 / (used.n - 1) + b ** 2 / (withheld.n - 1));
  const reach = (z: number): number => studentT(z, freedom) * Math.sqrt(error);
  return {
    kind: 'estimate',
    used: used.n,
    withheld: withheld.n,
    mean: rounded(mean),
    low: rounded(mean - reach(Z_975)),
    high: rounded(mean + reach(Z_975)),
    ceiling: rounded(mean + reach(Z_90)),
  };
}

/** Squared error of the mean. */
function errorOf({ n, sum, squares }: Arm): number {
  // Rounding can make the variance of equal values a hair negative.
  return Math.max(0, squares - sum ** 2 / n) / (n - 1) / n;
}

/** Percentile of Student's t by that of the normal law: Abramowitz and Stegun 26.7.5 to three terms, within 0.3 % from 5 degrees of freedom on. */
const studentT = (z: number, freedom: number): number =>
  z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
