import { DAY_MS, type EquityRecord } from './types.ts';

/** Equity at the end of each UTC day, and the simple return of each whole day. */
export type DailyReturns = {
  /** Midnights (UTC ms) at which the days ended; one more than there are returns, the first being the start of the first whole day. */
  readonly ends: Float64Array;
  /** Equity at those midnights. */
  readonly equity: Float64Array;
  /** `equity[i + 1] / equity[i] - 1`: the return of day i. Stops before the day on which the equity was no longer positive. */
  readonly returns: Float64Array;
  /** True when the equity fell to zero or below: no return is defined from there on. */
  readonly ruined: boolean;
};

/**
 * Days are UTC days, whatever zone the machine is in. Only whole days count: what lies before the first midnight and after the last is
 * part of the equity curve but of no daily figure. A day without candles ends where the day before ended (return 0): its move falls on
 * the next day that has candles, so that the sum of squares over the gap stays that of one move.
 */
export function dailyReturns(record: EquityRecord): DailyReturns {
  const { startTime, startEquity, times, equity } = record;
  const first = Math.ceil(startTime / DAY_MS);
  const last = times.length === 0 ? first - 1 : Math.floor((times[times.length - 1] as number) / DAY_MS);
  const count = Math.max(0, last - first + 1);
  const ends = new Float64Array(count);
  const marks = new Float64Array(count);
  let next = 0;
  let mark = startEquity;
  for (let day = 0; day < count; day++) {
    const end = (first + day) * DAY_MS;
    // A candle that closes exactly at midnight belongs to the day that ends there.
    next = countUntil(times, end, next);
    if (next > 0) mark = equity[next - 1] as number;
    ends[day] = end;
    marks[day] = mark;
  }
  const ruin = marks.findIndex((value) => !(value > 0));
  const solvent = ruin < 0 ? count : ruin;
  const returns = new Float64Array(Math.max(0, solvent - 1));
  for (let i = 0; i < returns.length; i++) returns[i] = (marks[i + 1] as number) / (marks[i] as number) - 1;
  return { ends, equity: marks, returns, ruined: ruin >= 0 };
}

/** How many marks were made until `end`, when at least `from` were (binary search: a day of minutes has 1,440). */
function countUntil(times: Float64Array, end: number, from: number): number {
  let low = from;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= end) low = middle + 1;
    else high = middle;
  }
  return low;
}
