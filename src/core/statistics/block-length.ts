import { meanOf, type Sample } from './moments.ts';

export type BlockLengths = {
  /** Mean block length for the stationary bootstrap; a real number of at least 1. */
  readonly stationary: number;
  /** Block length for the circular bootstrap; an integer of at least 1. */
  readonly circular: number;
};

/**
 * Block length from the data: D. Politis and H. White 2004, with the correction of A. Patton, D. Politis and H. White 2009.
 * Autocorrelations count as nought below 2 sqrt(log10(n) / n); m is the lag after which a run of max(5, ceil(sqrt(log10 n))) of them
 * does; with M = 2 m and the flat-top window w, G = sum w |k| R(k) and g = sum w R(k), the length is (2 G^2 / D)^(1/3) n^(1/3) with
 * D = 2 g^2 for the stationary and 4/3 g^2 for the circular bootstrap. At most min(3 sqrt(n), n / 3).
 */
export function blockLengthOf(sample: Sample): BlockLengths {
  const n = sample.length;
  if (n < 10) return { stationary: 1, circular: 1 };
  const run = Math.max(5, Math.ceil(Math.sqrt(Math.log10(n))));
  const farthest = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + run);
  const covariance = autocovariances(sample, farthest);
  const variance = covariance[0] as number;
  if (!(variance > 0)) return { stationary: 1, circular: 1 };
  const small = 2 * Math.sqrt(Math.log10(n) / n);
  const bandwidth = Math.min(farthest, 2 * Math.max(1, lastLag(covariance, variance, small, run)));
  let [tilt, level] = [0, variance];
  for (let k = 1; k <= bandwidth; k++) {
    const weighted = 2 * flatTop(k / bandwidth) * (covariance[k] as number);
    tilt += weighted * k;
    level += weighted;
  }
  const most = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = (factor: number): number => {
    const found = Math.cbrt((2 * tilt * tilt * n) / (factor * level * level));
    return Number.isFinite(found) ? Math.min(most, Math.max(1, found)) : most;
  };
  return { stationary: length(2), circular: Math.round(length(4 / 3)) };
}

/** Lag windows that are 1 up to one half and fall to 0 at 1 (Politis and Romano 1995). */
const flatTop = (share: number): number => (share <= 0.5 ? 1 : 2 * (1 - share));

/** Smallest m such that the `run` autocorrelations after it are all small; the last large one when there is no such run. */
function lastLag(covariance: Float64Array, variance: number, small: number, run: number): number {
  let quiet = 0;
  let last = 0;
  for (let k = 1; k < covariance.length; k++) {
    if (Math.abs(covariance[k] as number) / variance < small) quiet++;
    else [quiet, last] = [0, k];
    if (quiet === run) return k - run;
  }
  return last;
}

function autocovariances(sample: Sample, farthest: number): Float64Array {
  const n = sample.length;
  const mean = meanOf(sample);
  const centred = Float64Array.from(sample, (value) => value - mean);
  const covariance = new Float64Array(farthest + 1);
  for (let k = 0; k <= farthest; k++) {
    let sum = 0;
    for (let i = k; i < n; i++) sum += (centred[i] as number) * (centred[i - k] as number);
    covariance[k] = sum / n;
  }
  return covariance;
}
