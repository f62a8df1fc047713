import { momentsOf } from '#core/statistics/moments.ts';
import { ENOUGH_DAYS } from '#core/statistics/return-metrics.ts';

/** Sharpe ratio of a day, not annualised: what trials are compared by. Null where there are too few days, or nothing moved. */
export function dailySharpeOf(returns: Float64Array): number | null {
  if (returns.length < ENOUGH_DAYS) return null;
  const { mean, deviation, constant } = momentsOf(returns);
  return constant ? null : mean / deviation;
}
