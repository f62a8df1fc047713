import { type Estimate, estimated, isKnown, type Measure, measured, notEnough, undefinable } from './figure.ts';
import { meanOf, momentsOf, type Sample } from './moments.ts';
import { studentPoint95 } from './normal.ts';
import { DAYS_PER_YEAR } from './types.ts';

/**
 * Fewest whole days for a mean or a deviation of daily returns. With 30 the relative standard error of a deviation is about 13 %
 * (1 / sqrt(2 n)) and that of a yearly Sharpe ratio about 3.5: still poor, and the interval says so.
 */
export const ENOUGH_DAYS = 30;
/** Fewest days of which a yearly rate is made: below a quarter a year would raise the luck of the period to more than its fourth power. */
export const ENOUGH_DAYS_FOR_A_YEAR = 90;

const OF = 'daily returns';
const FLAT = 'the equity never changed from day to day';

/** Half width of a two-sided 95 % interval around a mean of `n` values whose deviation is `deviation`. */
const halfWidth = (deviation: number, n: number): number => (studentPoint95(n - 1) * deviation) / Math.sqrt(n);

/**
 * Growth of one year, compounded: `(end / start)^(365 days / elapsed) - 1` over the whole days of the record. The interval comes from
 * the daily log returns: their mean +- Student's t times s / sqrt(n), times 365. Days count as independent.
 */
export function yearlyGrowth(returns: Sample, ruined = false): Estimate {
  if (ruined) return undefinable('the equity fell to zero');
  const n = returns.length;
  if (n < ENOUGH_DAYS_FOR_A_YEAR) return notEnough(n, ENOUGH_DAYS_FOR_A_YEAR, OF);
  const logs = Float64Array.from(returns, (value) => Math.log1p(value));
  const { mean, deviation } = momentsOf(logs);
  const half = halfWidth(deviation, n);
  const year = (rate: number): number => Math.expm1(DAYS_PER_YEAR * rate);
  return estimated(year(mean), n, year(mean - half), year(mean + half), 'Student t of daily log returns');
}

/**
 * Deviation of daily returns with Bessel's correction, times sqrt(365): these markets trade every day. Standard error of a deviation:
 * s sqrt((kurtosis - 1) / 4n) (delta method; Kendall and Stuart), which a normal law turns into s / sqrt(2n).
 */
export function volatility(returns: Sample): Estimate {
  const n = returns.length;
  if (n < ENOUGH_DAYS) return notEnough(n, ENOUGH_DAYS, OF);
  const { deviation, kurtosis } = momentsOf(returns);
  const value = deviation * Math.sqrt(DAYS_PER_YEAR);
  const half = studentPoint95(n - 1) * value * Math.sqrt((kurtosis - 1) / (4 * n));
  return estimated(value, n, Math.max(0, value - half), value + half, 'delta method');
}

/** Mean daily return (not compounded), with Student's interval. */
export function meanDailyReturn(returns: Sample): Estimate {
  const n = returns.length;
  if (n < ENOUGH_DAYS) return notEnough(n, ENOUGH_DAYS, OF);
  const { mean, deviation } = momentsOf(returns);
  const half = halfWidth(deviation, n);
  return estimated(mean, n, mean - half, mean + half, 'Student t');
}

/**
 * Yearly Sharpe ratio (W. Sharpe 1994), over cash that earns nothing: mean / deviation of daily returns times sqrt(365). Standard error
 * for returns that are not normal (A. Lo 2002, E. Mertens 2002): sqrt((1 - skew SR + (kurtosis - 1)/4 SR^2) / (n - 1)), SR per day.
 * Undefined when the returns don't vary, instead of the huge number that dividing by rounding noise would give.
 */
export function sharpeRatio(returns: Sample): Estimate {
  const n = returns.length;
  if (n < ENOUGH_DAYS) return notEnough(n, ENOUGH_DAYS, OF);
  const { mean, deviation, constant, skewness, kurtosis } = momentsOf(returns);
  if (constant) return undefinable(FLAT);
  const daily = mean / deviation;
  const error = sharpeError(daily, n, skewness, kurtosis);
  const year = Math.sqrt(DAYS_PER_YEAR);
  const half = studentPoint95(n - 1) * error * year;
  return estimated(daily * year, n, daily * year - half, daily * year + half, 'Mertens standard error');
}

/** Standard error of a Sharpe ratio per period. The bracket is never negative in theory (kurtosis >= 1 + skew^2); rounding is cut off. */
export const sharpeError = (sharpe: number, n: number, skewness: number, kurtosis: number): number =>
  Math.sqrt(Math.max(0, 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe) / (n - 1));

/** Root of the mean square of the returns below zero, over all periods and not only the losing ones (F. Sortino 1994). */
export function downsideDeviation(returns: Sample): number {
  let total = 0;
  for (let i = 0; i < returns.length; i++) total += Math.min(0, returns[i] as number) ** 2;
  return returns.length === 0 ? 0 : Math.sqrt(total / returns.length);
}

/** Fewest losing days that a downside deviation is made of. */
export const ENOUGH_LOSSES = 5;

/**
 * Yearly Sortino ratio: mean / downside deviation (target 0), times sqrt(365). Interval: delta method through the influence function
 * (x - m)/d - m (min(x,0)^2 - d^2) / 2d^3, whose deviation over sqrt(n) is the standard error.
 */
export function sortinoRatio(returns: Sample): Estimate {
  const n = returns.length;
  if (n < ENOUGH_DAYS) return notEnough(n, ENOUGH_DAYS, OF);
  const losing = countBelowZero(returns);
  if (losing < ENOUGH_LOSSES) return notEnough(losing, ENOUGH_LOSSES, 'losing days');
  const mean = meanOf(returns);
  const down = downsideDeviation(returns);
  const influence = Float64Array.from(
    returns,
    (x) => (x - mean) / down - (mean * (Math.min(x, 0) ** 2 - down * down)) / (2 * down ** 3),
  );
  const year = Math.sqrt(DAYS_PER_YEAR);
  const half = halfWidth(momentsOf(influence).deviation, n) * year;
  const value = (mean / down) * year;
  return estimated(value, n, value - half, value + half, 'delta method');
}

function countBelowZero(returns: Sample): number {
  let count = 0;
  for (let i = 0; i < returns.length; i++) if ((returns[i] as number) < 0) count++;
  return count;
}

/** Yearly growth over the deepest drawdown (T. Young 1991). Undefined while there was no drawdown to speak of. */
export function calmarRatio(growth: Estimate, deepest: number): Measure {
  if (!isKnown(growth)) return growth;
  if (!(deepest > 1e-9)) return undefinable('the equity was never below a peak');
  return measured(growth.value / deepest, growth.n);
}
