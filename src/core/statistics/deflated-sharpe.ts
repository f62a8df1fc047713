import { type Measure, measured, notEnough, undefinable } from './figure.ts';
import { momentsOf, type Sample } from './moments.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { sharpeError } from './return-metrics.ts';

/** Euler and Mascheroni's constant. */
const EULER_GAMMA = 0.5772156649015329;

/** Fewest returns: the normal law of a Sharpe ratio with estimated skewness and kurtosis isn't to be trusted below. */
export const ENOUGH_TO_DEFLATE = 60;

const OF = 'daily returns';
const FLAT = 'the returns do not vary';

/**
 * Sharpe ratio (per period) that the best of `trials` worthless configurations reaches on average, when their Sharpe ratios vary by
 * `variance`: sqrt(V) ((1 - g) q(1 - 1/N) + g q(1 - 1/(N e))), g Euler's constant, q the normal quantile (D. Bailey and M. Lopez de
 * Prado 2014, "The deflated Sharpe ratio", eq. 1). 0 for one trial: nothing was chosen. Within 3 % of the exact expectation from N = 5.
 */
export function expectedMaximumSharpe(trials: number, variance: number): number {
  if (!(Number.isSafeInteger(trials) && trials >= 1)) throw new RangeError(`at least one trial is needed: ${trials}`);
  if (!(variance >= 0 && variance < Number.POSITIVE_INFINITY)) throw new RangeError(`not a variance: ${variance}`);
  if (trials === 1) return 0;
  const typical = (1 - EULER_GAMMA) * normalQuantile(1 - 1 / trials);
  const extreme = EULER_GAMMA * normalQuantile(1 - 1 / (trials * Math.E));
  return Math.sqrt(variance) * (typical + extreme);
}

/**
 * Probability that the true Sharpe ratio exceeds `benchmark` (both per period): Phi((SR - SR*) sqrt(n - 1) /
 * sqrt(1 - skew SR + (kurtosis - 1)/4 SR^2)) (Bailey and Lopez de Prado 2012, "The Sharpe ratio efficient frontier").
 */
export function probabilisticSharpe(returns: Sample, benchmark: number): Measure {
  const n = returns.length;
  if (n < ENOUGH_TO_DEFLATE) return notEnough(n, ENOUGH_TO_DEFLATE, OF);
  const { mean, deviation, constant, skewness, kurtosis } = momentsOf(returns);
  if (constant) return undefinable(FLAT);
  const sharpe = mean / deviation;
  const error = sharpeError(sharpe, n, skewness, kurtosis);
  if (!(error > 0)) return undefinable(FLAT);
  return measured(normalCdf((sharpe - benchmark) / error), n);
}

export type DeflatedSharpe = {
  /** Configurations that were tried before this one was chosen, itself included. */
  readonly trials: number;
  /** Best Sharpe ratio per period that chance alone would have brought. */
  readonly expectedMaximum: number;
  /** Probability that the true Sharpe ratio is above zero once the choice is paid for; significant from 1 - alpha on. */
  readonly probability: Measure;
};

/** Trials as the registry counted them: how many, and how their Sharpe ratios (per period) vary. */
export type TrialCount = { readonly trials: number; readonly sharpeVariance: number };

/**
 * Deflated Sharpe ratio (Bailey and Lopez de Prado 2014): the probability above with the best that chance would have brought as its
 * benchmark. Trials count as independent, which errs towards doubt when they resemble each other.
 */
export function deflatedSharpe(returns: Sample, { trials, sharpeVariance }: TrialCount): DeflatedSharpe {
  const expectedMaximum = expectedMaximumSharpe(trials, sharpeVariance);
  return { trials, expectedMaximum, probability: probabilisticSharpe(returns, expectedMaximum) };
}

/** True when the figure is known and says "above" at this error rate. */
export const isSignificant = (probability: Measure, alpha = 0.05): boolean =>
  'value' in probability && probability.value > 1 - alpha;

/**
 * Minimum track record length (Bailey and Lopez de Prado 2012): returns that are needed until a Sharpe ratio like this one exceeds
 * `benchmark` (per period) at the given confidence: 1 + (1 - skew SR + (kurtosis - 1)/4 SR^2) (z / (SR - SR*))^2. In periods, rounded up.
 */
export function minimumTrackRecord(returns: Sample, benchmark = 0, confidence = 0.95): Measure {
  const n = returns.length;
  if (n < ENOUGH_TO_DEFLATE) return notEnough(n, ENOUGH_TO_DEFLATE, OF);
  const { mean, deviation, constant, skewness, kurtosis } = momentsOf(returns);
  if (constant) return undefinable(FLAT);
  const sharpe = mean / deviation;
  if (!(sharpe > benchmark))
    return undefinable('the Sharpe ratio is not above the benchmark, and more data would not help');
  const bracket = Math.max(0, 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe);
  return measured(Math.ceil(1 + bracket * (normalQuantile(confidence) / (sharpe - benchmark)) ** 2), n);
}
