import { type Estimate, estimated, notEnough, undefinable } from '../statistics/figure.ts';
import { momentsOf } from '../statistics/moments.ts';
import { studentPoint95 } from '../statistics/normal.ts';
import { probabilityOf } from './forecast.ts';
import type { Forecast, Label } from './types.ts';

/** Resolved calls below which no score is shown. */
export const ENOUGH_CALLS = 30;
/** Batches below which a mean of dependent scores has no interval. */
const ENOUGH_BATCHES = 10;
/** Two leave the interval an eighth too narrow, four a twentieth: neighbouring batches share one horizon. */
const HORIZONS_A_BATCH = 4;
/** No probability counts as smaller: one certain and wrong call must not outweigh a year of good ones. */
const LEAST_PROBABILITY = 1e-4;

/** Squared distance between forecast and outcome over all labels, 0 to 2; lower is better (G. Brier 1950). */
export const brierScore = (forecast: Forecast, labels: readonly Label[], happened: Label): number =>
  labels.reduce((sum, label) => sum + (probabilityOf(forecast, label) - (label === happened ? 1 : 0)) ** 2, 0);

/** Minus the natural logarithm of the probability of what happened, in nats; lower is better. */
export const logLoss = (forecast: Forecast, happened: Label): number =>
  -Math.log(Math.max(LEAST_PROBABILITY, probabilityOf(forecast, happened)));

/**
 * Mean of scores in the order of time with a 95 % interval. Horizons of neighbouring calls may overlap by `overlap` calls, which makes
 * their scores dependent: means of batches four horizons long are taken as independent (R. Conway 1963), with Student's law. With no overlap
 * a batch is one score.
 */
export function meanScore(scores: readonly number[], overlap: number): Estimate {
  const n = scores.length;
  if (n < ENOUGH_CALLS) return notEnough(n, ENOUGH_CALLS, 'resolved calls');
  const length = overlap === 0 ? 1 : HORIZONS_A_BATCH * (overlap + 1);
  const batches = Math.floor(n / length);
  if (batches < ENOUGH_BATCHES) return notEnough(n, ENOUGH_BATCHES * length, 'resolved calls');
  const all = momentsOf(scores);
  const means = Array.from({ length: batches }, (_, i) => momentsOf(scores.slice(i * length, (i + 1) * length)).mean);
  const { deviation, constant } = momentsOf(means);
  if (constant && !all.constant) return undefinable('all batches score alike');
  const half = constant ? 0 : (studentPoint95(batches - 1) * deviation) / Math.sqrt(batches);
  const method = length === 1 ? 'Student t' : `Student t of ${batches} batches of ${length}`;
  return estimated(all.mean, n, all.mean - half, all.mean + half, method);
}
