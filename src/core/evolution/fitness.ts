/** Trades over all windows from which the figures are believed in full. */
export const ENOUGH_TRADES = 30;
/** What a drawdown of all the money would cost, in units of the yearly Sharpe ratio. */
export const DRAWDOWN_WEIGHT = 2;

export type FitnessInput = {
  /** Yearly, of the daily returns of all windows, after costs; null where there is too little to say. */
  readonly sharpe: number | null;
  readonly trades: number;
  /** The deepest of any window, 0..1. */
  readonly maxDrawdown: number;
};

/**
 * What candidates are bred by: the Sharpe ratio after costs in windows outside of any training, a good one believed only as far as its
 * trades go (a share of it below thirty), less twice the deepest drawdown. A bad one is not made better by having traded little. Null
 * when nothing was traded or nothing can be said: such a candidate has no children.
 */
export function fitnessOf({ sharpe, trades, maxDrawdown }: FitnessInput): number | null {
  if (sharpe === null || trades === 0) return null;
  const believed = sharpe > 0 ? sharpe * Math.min(1, trades / ENOUGH_TRADES) : sharpe;
  return believed - DRAWDOWN_WEIGHT * maxDrawdown;
}
