import { type Estimate, estimated, notEnough } from './figure.ts';
import { momentsOf, type Sample } from './moments.ts';
import { Z_95 } from './normal.ts';

/** Fewest days beyond the quantile: a tail of fewer is an anecdote. 95 % needs 100 days with this, 99 % needs 500. */
export const ENOUGH_IN_TAIL = 5;

export type TailRisk = {
  /** Daily loss, as a share of the equity, that was reached or exceeded on `1 - level` of the days; negative when even that day gained. */
  readonly valueAtRisk: Estimate;
  /** Mean loss of those days. */
  readonly expectedShortfall: Estimate;
};

/**
 * Historical value at risk and expected shortfall of one day: no law is assumed. VaR is the k-th worst day with k = ceil((1 - level) n),
 * ES the mean of the k worst. Interval of VaR: order statistics around k +- 1.96 sqrt(n q (1 - q)) (David and Nagaraja, "Order
 * Statistics", 7.1). Interval of ES: variance (tail variance + level (ES - VaR)^2) / k (Manistre and Hancock 2005).
 */
export function tailRisk(returns: Sample, level = 0.95): TailRisk {
  if (!(level > 0.5 && level < 1)) throw new RangeError(`level must lie between 0.5 and 1: ${level}`);
  const n = returns.length;
  const q = 1 - level;
  // ENOUGH_IN_TAIL / q isn't exact in floats (5 / 0.05 is 100.00000000000009), hence the rounding before the ceiling.
  const need = Math.ceil(Number((ENOUGH_IN_TAIL / q).toFixed(6)));
  if (n < need) {
    const lack = notEnough(n, need, 'daily returns');
    return { valueAtRisk: lack, expectedShortfall: lack };
  }
  const sorted = Float64Array.from(returns).sort();
  const k = Math.ceil(Number((q * n).toFixed(6)));
  const worst = sorted.subarray(0, k).map((value) => -value);
  const at = (rank: number): number => -(sorted[Math.min(n, Math.max(1, rank)) - 1] as number);
  const spread = Z_95 * Math.sqrt(n * q * (1 - q));
  const valueAtRisk = at(k);
  const { mean, variance } = momentsOf(worst);
  const half = Z_95 * Math.sqrt((variance + level * (mean - valueAtRisk) ** 2) / k);
  return {
    valueAtRisk: estimated(valueAtRisk, n, at(Math.ceil(k + spread)), at(Math.floor(k - spread)), 'order statistics'),
    expectedShortfall: estimated(mean, n, mean - half, mean + half, 'delta method'),
  };
}
