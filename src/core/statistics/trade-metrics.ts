import { type Estimate, estimated, type Measure, measured, notEnough, undefinable } from './figure.ts';
import { momentsOf } from './moments.ts';
import { studentPoint95, Z_95 } from './normal.ts';
import type { TradeRecord } from './types.ts';
import { shareOf } from './wilson.ts';

/** Fewest trades for a mean of results: below it Student's interval rests on the very few. */
export const ENOUGH_TRADES = 10;
/** Fewest gains and fewest losses for a ratio of the two: with one loss the ratio is that loss. */
export const ENOUGH_OF_EACH = 5;

export type TradeMetrics = {
  readonly count: number;
  readonly gains: number;
  readonly losses: number;
  readonly winRate: Estimate;
  /** Gross gains over gross losses. */
  readonly profitFactor: Estimate;
  /** Mean gain over mean loss. */
  readonly payoffRatio: Estimate;
  /** Mean result of a trade, in the valuation currency. */
  readonly expectancyMoney: Estimate;
  /** Mean result in multiples of the planned risk, over the trades that had a stop. */
  readonly expectancyR: Estimate;
  /** Most losses in a row. */
  readonly longestLosingStreak: Measure;
  readonly meanHoldingMs: Measure;
};

/** A result of exactly zero is neither a gain nor a loss; it counts as a trade that was not won. */
export function tradeMetrics(trades: readonly TradeRecord[]): TradeMetrics {
  const results = trades.map((trade) => trade.netPnl);
  const gains = results.filter((result) => result > 0);
  const losses = results.filter((result) => result < 0).map((result) => -result);
  const multiples = trades.flatMap(({ netPnl, riskTaken }) => (riskTaken === undefined ? [] : [netPnl / riskTaken]));
  return {
    count: trades.length,
    gains: gains.length,
    losses: losses.length,
    winRate: shareOf(gains.length, trades.length, 'trades'),
    profitFactor: profitFactor(results),
    payoffRatio: payoffRatio(gains, losses),
    expectancyMoney: meanWithInterval(results, 'trades'),
    expectancyR: meanWithInterval(multiples, 'trades with a stop'),
    longestLosingStreak:
      trades.length === 0 ? notEnough(0, 1, 'trades') : measured(losingStreak(results), trades.length),
    meanHoldingMs: meanHolding(trades),
  };
}

/** Mean with Student's interval: mean +- t(n - 1) s / sqrt(n), s with Bessel's correction. */
export function meanWithInterval(values: readonly number[], of: string): Estimate {
  const n = values.length;
  if (n < ENOUGH_TRADES) return notEnough(n, ENOUGH_TRADES, of);
  const { mean, deviation } = momentsOf(values);
  const half = (studentPoint95(n - 1) * deviation) / Math.sqrt(n);
  return estimated(mean, n, mean - half, mean + half, 'Student t');
}

/**
 * Sum of gains over sum of losses. Interval by the delta method on its logarithm, log(A / B) with A and B the means of the gain part and
 * of the loss part of every trade: variance (var A / A^2 + var B / B^2 - 2 cov / AB) / n.
 */
export function profitFactor(results: readonly number[]): Estimate {
  const n = results.length;
  if (n < ENOUGH_TRADES) return notEnough(n, ENOUGH_TRADES, 'trades');
  const gain = results.map((result) => Math.max(0, result));
  const loss = results.map((result) => Math.max(0, -result));
  const short = lackOfEither(gain.filter((part) => part > 0).length, loss.filter((part) => part > 0).length);
  if (short !== undefined) return short;
  const [above, below] = [momentsOf(gain), momentsOf(loss)];
  // A trade is never both: the sum of products is zero, so the sample covariance is -n A B / (n - 1).
  const covariance = (-n * above.mean * below.mean) / (n - 1);
  const relative =
    above.variance / above.mean ** 2 + below.variance / below.mean ** 2 - (2 * covariance) / (above.mean * below.mean);
  return ratio(above.mean / below.mean, n, Math.sqrt(relative / n));
}

/** Mean gain over mean loss; interval by the delta method on the logarithm of two independent means. */
export function payoffRatio(gains: readonly number[], losses: readonly number[]): Estimate {
  const short = lackOfEither(gains.length, losses.length);
  if (short !== undefined) return short;
  const [above, below] = [momentsOf(gains), momentsOf(losses)];
  const relative = above.variance / above.mean ** 2 / above.n + below.variance / below.mean ** 2 / below.n;
  return ratio(above.mean / below.mean, above.n + below.n, Math.sqrt(relative));
}

const lackOfEither = (gains: number, losses: number): Estimate | undefined =>
  losses < ENOUGH_OF_EACH
    ? notEnough(losses, ENOUGH_OF_EACH, 'losing trades')
    : gains < ENOUGH_OF_EACH
      ? notEnough(gains, ENOUGH_OF_EACH, 'winning trades')
      : undefined;

function ratio(value: number, n: number, logError: number): Estimate {
  if (!(value > 0)) return undefinable('gains or losses are too small to be divided');
  const factor = Math.exp(Z_95 * logError);
  return estimated(value, n, value / factor, value * factor, 'delta method on the logarithm');
}

/** Most results below zero in a row; a zero ends the row. */
export function losingStreak(results: readonly number[]): number {
  let [longest, current] = [0, 0];
  for (const result of results) {
    current = result < 0 ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

function meanHolding(trades: readonly TradeRecord[]): Measure {
  if (trades.length === 0) return notEnough(0, 1, 'trades');
  const total = trades.reduce((sum, trade) => sum + (trade.exitTime - trade.entryTime), 0);
  return measured(total / trades.length, trades.length);
}
