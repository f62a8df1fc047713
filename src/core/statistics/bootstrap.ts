import type { Rng } from '../kernel/rng.ts';
import { blockLengthOf } from './block-length.ts';
import { type Estimate, estimated, notEnough, undefinable } from './figure.ts';
import { momentsOf, quantileOf, type Sample } from './moments.ts';

export type BootstrapKind = 'stationary' | 'circular';

export type BootstrapOptions = {
  readonly rng: Rng;
  /** Resamples; the ends of a 95 % interval rest on 2.5 % of them. */
  readonly resamples?: number;
  readonly kind?: BootstrapKind;
  /** Mean (stationary) or exact (circular) block length; measured from the data when left out. */
  readonly blockLength?: number;
};

/** Fewest observations: a block bootstrap of fewer has but a handful of blocks to mix. */
export const ENOUGH_TO_RESAMPLE = 50;

/**
 * Fills `target` with a resample of `source` that keeps its dependence from one value to the next. Stationary (D. Politis and
 * J. Romano 1994): blocks of geometric length begin anywhere, the series closed to a ring. Circular (Politis and Romano 1992): the
 * same with blocks of one length.
 */
export function resample(
  source: Sample,
  target: Float64Array,
  kind: BootstrapKind,
  blockLength: number,
  rng: Rng,
): void {
  const n = source.length;
  const chance = 1 / Math.max(1, blockLength);
  const whole = Math.max(1, Math.round(blockLength));
  let place = 0;
  let left = 0;
  for (let i = 0; i < target.length; i++) {
    const renew = kind === 'circular' ? left === 0 : i === 0 || rng.next() < chance;
    if (renew) {
      place = rng.integer(n);
      left = whole;
    } else place = place + 1 === n ? 0 : place + 1;
    left--;
    target[i] = source[place] as number;
  }
}

/**
 * Percentile interval of a statistic of a dependent series. A resample on which the statistic has no value (`undefined`) is left out;
 * when more than one in a hundred has none, neither has the interval. Measured coverage of a mean (nominal 95 %, 100 to 700 values):
 * 93-94 % of independent values, 90-93 % with an autocorrelation of 0.1 to 0.2, 85-91 % with 0.5: a little too narrow when dependence
 * is strong, as block bootstraps are.
 */
export function bootstrapInterval(
  sample: Sample,
  statistic: (values: Float64Array) => number | undefined,
  { rng, resamples = 1000, kind = 'stationary', blockLength }: BootstrapOptions,
): Estimate {
  const n = sample.length;
  if (n < ENOUGH_TO_RESAMPLE) return notEnough(n, ENOUGH_TO_RESAMPLE, 'daily returns');
  if (!(Number.isSafeInteger(resamples) && resamples >= 40))
    throw new RangeError(`at least 40 resamples are needed: ${resamples}`);
  const value = statistic(Float64Array.from(sample));
  if (value === undefined) return undefinable('the statistic has no value on this sample');
  const length = blockLength ?? blockLengthOf(sample)[kind];
  const buffer = new Float64Array(n);
  const found: number[] = [];
  for (let i = 0; i < resamples; i++) {
    resample(sample, buffer, kind, length, rng);
    const other = statistic(buffer);
    if (other !== undefined) found.push(other);
  }
  if (found.length < 0.99 * resamples) return undefinable('the statistic has no value on many resamples');
  const sorted = Float64Array.from(found).sort();
  const method = `${kind} block bootstrap, ${resamples} resamples, blocks of ${length.toFixed(1)}`;
  return estimated(value, n, quantileOf(sorted, 0.025), quantileOf(sorted, 0.975), method);
}

/** Sharpe ratio per period, for resampling; undefined where the values don't vary. */
export function plainSharpe(values: Sample): number | undefined {
  const { mean, deviation, constant } = momentsOf(values);
  return constant ? undefined : mean / deviation;
}
