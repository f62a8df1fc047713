import { type DeflatedSharpe, deflatedSharpe, type TrialCount } from '../statistics/deflated-sharpe.ts';
import type { Sample } from '../statistics/moments.ts';

/**
 * The deflated Sharpe ratio by which the gate judges. Its benchmark is the best that so many configurations without an edge would have
 * brought. How far these would lie apart is the smaller of two: how far all that was tried does, and how far chance alone takes the
 * daily Sharpe ratio of one over so many days, 1 / sqrt(n - 1). A search that breeds from the best lies apart because of what it found:
 * by that spread alone the peak of a real edge is never above the benchmark that it makes itself. Without an edge the bound holds all the
 * same, because configurations that lose by their costs are no rivals for the best.
 */
export function deflatedByChance(returns: Sample, { trials, sharpeVariance }: TrialCount): DeflatedSharpe {
  const byChance = 1 / Math.max(1, returns.length - 1);
  return deflatedSharpe(returns, { trials, sharpeVariance: Math.min(sharpeVariance, byChance) });
}
