import { createRng, type Rng } from '../kernel/rng.ts';

/** One result with its say: 1 is a whole result, 0.5 half of one. The id only names its chance, so that order never matters. */
export type WeighedResult = { readonly id: string; readonly value: number; readonly weight: number };

/** What is believed of the average result after these. Ratios such as R, never money, so floats are right here. */
export type Posterior =
  | {
      readonly kind: 'not_enough_data';
      readonly n: number;
      /** Sum of the weights. */
      readonly effectiveN: number;
      readonly needed: number;
    }
  | {
      readonly kind: 'estimate';
      readonly n: number;
      readonly effectiveN: number;
      readonly mean: number;
      /** Ends of the 95 % interval. */
      readonly low: number;
      readonly high: number;
      /** How probable it is that the average is above zero, 0 to 1. */
      readonly above: number;
    };

/**
 * Below this sum of weights nothing is said. Five is the least at which losing every time is rarer than 1 in 20 under a fair coin (1/32).
 */
export const ENOUGH_EFFECTIVE = 5;

/** Two imagined results, one won and one lost: an unknown edge is no edge, and a few wins in a row are no certainty. */
const PRIOR: readonly WeighedResult[] = [
  { id: 'prior: one lost', value: -1, weight: 1 },
  { id: 'prior: one won', value: 1, weight: 1 },
];
const DRAWS = 1000;
/** No single trade counts for more than this, in R: a forged or freak result must not outshout the rest. Losses end at stops, gains do not. */
const LARGEST_LOSS = -4;
const LARGEST_GAIN = 8;

/** A trade's result, in R as decimal text, as a posterior hears it. */
export const heardR = (outcomeR: string): number => Math.min(LARGEST_GAIN, Math.max(LARGEST_LOSS, Number(outcomeR)));

/**
 * Posterior of the mean under a Dirichlet process (T. Ferguson 1973), which is conjugate: its base measure is `PRIOR`, and each result adds
 * its weight as mass (a likelihood raised to that power, J. Ibrahim and M. Chen 2000). Drawn as the Bayesian bootstrap (D. Rubin 1981) with
 * gamma weights; no shape of the results is assumed, fat tails are what they are.
 *
 * How often the interval of nominal 95 % held the true average of skewed results (six in ten lose 1 R, the rest win 0.5 to 3.5 R; 600 samples
 * each): 89 % of 6 results, 91 % of 12, 94 % of 24, 96 % of 48. A few results say a little less than it sounds.
 *
 * Each result draws its chance from a stream of its own, named by its id. So the answer does not depend on the order, and every draw of
 * the mean rises when a single result rises: no interval can get better because a loss got larger. The numbers are rounded to four
 * decimals, because powers may differ in the last bit between machines and what is decided here is part of a hashed record.
 */
export function posteriorOf(results: readonly WeighedResult[], needed: number = ENOUGH_EFFECTIVE): Posterior {
  for (const { id, value, weight } of results) {
    if (!Number.isFinite(value)) throw new RangeError(`result ${id} is not a finite number`);
    if (!(weight >= 0 && weight <= 1)) throw new RangeError(`the weight of result ${id} is not within 0 and 1`);
  }
  const heard = results.filter(({ weight }) => weight > 0);
  const n = heard.length;
  const effectiveN = rounded(heard.reduce((sum, { weight }) => sum + weight, 0));
  if (effectiveN < needed) return { kind: 'not_enough_data', n, effectiveN, needed };
  // In the order of the ids: floating sums depend on it.
  const all = [...PRIOR, ...heard.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))];
  const sums = new Float64Array(DRAWS);
  const totals = new Float64Array(DRAWS);
  for (const { id, value, weight } of all) {
    const rng = createRng(0).fork(id);
    for (let i = 0; i < DRAWS; i++) {
      const mass = gamma(weight, rng);
      sums[i] = (sums[i] as number) + mass * value;
      totals[i] = (totals[i] as number) + mass;
    }
  }
  const means = sums.map((sum, i) => sum / (totals[i] as number)).sort();
  const mass = all.reduce((sum, { weight }) => sum + weight, 0);
  const mean = all.reduce((sum, { value, weight }) => sum + value * weight, 0) / mass;
  return {
    kind: 'estimate',
    n,
    effectiveN,
    mean: rounded(mean),
    low: rounded(quantile(means, 0.025)),
    high: rounded(quantile(means, 0.975)),
    above: rounded(means.filter((value) => value > 0).length / DRAWS),
  };
}

/** A gamma value of this shape, at most 1 (G. Marsaglia and W. Tsang 2000, with their boost for shapes below 1). */
function gamma(shape: number, rng: Rng): number {
  const d = shape + 2 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - rng.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
      return d * v * (1 - rng.next()) ** (1 / shape);
    }
  }
}

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] as number;

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
