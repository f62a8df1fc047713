import { type CandleColumns, sliceColumns } from './candle-prefix.ts';
import { type NotEnough, notEnough } from './figure.ts';

/** A value per candle, such as an indicator; NaN where it isn't defined yet. */
export type ProbedValues = (columns: CandleColumns) => Float64Array | readonly number[];

export type WarmUpDifference = {
  readonly warmUp: number;
  /** Largest difference from the value that the whole history gives, relative to the size of the values. */
  readonly difference: number;
};

export type RecursionReport =
  | {
      readonly verdict: 'settles' | 'recursive';
      readonly differences: readonly WarmUpDifference[];
      /** Fewest candles of history from which the value stays the same within epsilon; left out when none of those tried. */
      readonly enough?: number;
      readonly endings: number;
    }
  | NotEnough;

export type RecursionOptions = {
  /** Candles of history to try, rising. */
  readonly warmUps?: readonly number[];
  /** Largest relative difference that counts as the same value. */
  readonly epsilon?: number;
  /** How many moments are looked at. */
  readonly endings?: number;
};

/**
 * Does a value depend on how much history was loaded? Exponential averages do for a while, sums from the first candle for ever. The
 * last value is computed with 200 to 2,000 candles before several moments and compared with that of the whole history there. The
 * verdict is `settles` when some tried length, and every longer one, is within epsilon.
 */
export function checkRecursion(
  values: ProbedValues,
  columns: CandleColumns,
  options: RecursionOptions = {},
): RecursionReport {
  const { warmUps = [200, 300, 500, 800, 1200, 2000], epsilon = 1e-3, endings = 5 } = options;
  const length = columns.close.length;
  const longest = Math.max(...warmUps);
  // The reference must know clearly more than the longest trial, or there is nothing to be different from.
  const need = Math.ceil(1.5 * longest);
  if (length < need) return notEnough(length, need, 'candles');
  const whole = values(sliceColumns(columns, 0, length));
  const size = meanSize(whole);
  const ends = Array.from({ length: endings }, (_, i) =>
    Math.round(need + ((length - need) * i) / Math.max(1, endings - 1)),
  );
  const differences = warmUps.map((warmUp): WarmUpDifference => {
    const worst = ends.map((end) => {
      const short = values(sliceColumns(columns, end - warmUp, end));
      return relativeDifference(short[warmUp - 1], whole[end - 1], size);
    });
    return { warmUp, difference: Math.max(...worst) };
  });
  let enough: number | undefined;
  for (const { warmUp, difference } of differences.toReversed()) {
    if (!(difference <= epsilon)) break;
    enough = warmUp;
  }
  return enough === undefined
    ? { verdict: 'recursive', differences, endings: ends.length }
    : { verdict: 'settles', differences, enough, endings: ends.length };
}

/** A value that only one of the two has differs wholly. Small values are measured by the usual size, so that a crossing of zero is no alarm. */
function relativeDifference(short: number | undefined, whole: number | undefined, size: number): number {
  const [a, b] = [short ?? Number.NaN, whole ?? Number.NaN];
  if (Number.isNaN(a) || Number.isNaN(b)) return 1;
  const difference = Math.abs(a - b);
  return difference === 0 ? 0 : difference / Math.max(Math.abs(b), size);
}

function meanSize(values: Float64Array | readonly number[]): number {
  let [sum, n] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += Math.abs(value);
    n++;
  }
  return n === 0 ? 0 : sum / n;
}
