import { add, type Decimal, subtract, ZERO } from '../domain/decimal.ts';
import { unixMs } from '../domain/ids.ts';
import { utcText } from '../kernel/utc-text.ts';
import type { ClosedTrade, ResultPoint } from './types.ts';

/** The result of one stretch of time, and what was closed in it. */
export type PeriodResult = {
  readonly start: number;
  readonly result: Decimal;
  readonly trades: number;
  readonly won: number;
};

export type PeriodKind = 'day' | 'week' | 'month';

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday: weeks begin on the Monday before. */
const THURSDAY = 3;

/** When the UTC day, the week (from Monday) or the month of a moment began. */
export function startOf(kind: PeriodKind, ts: number): number {
  const day = Math.floor(ts / DAY_MS);
  if (kind === 'day') return day * DAY_MS;
  if (kind === 'week') return (day - ((day + THURSDAY) % 7)) * DAY_MS;
  const dayOfMonth = Number(utcText(unixMs(ts)).slice(8, 10));
  return (day - dayOfMonth + 1) * DAY_MS;
}

/**
 * Results by period, in the order of time; a period in which nothing moved is left out. `before` is the result when the first of them
 * began. What they hold is the difference of the totals at their ends, so that all of them together are the whole to the last digit.
 */
export function periodsOf(
  kind: PeriodKind,
  points: readonly ResultPoint[],
  trades: readonly ClosedTrade[],
  before: Decimal = ZERO,
): readonly PeriodResult[] {
  const results = new Map<number, { result: Decimal; trades: number; won: number }>();
  const at = (ts: number): { result: Decimal; trades: number; won: number } => {
    const start = startOf(kind, ts);
    const found = results.get(start) ?? { result: ZERO, trades: 0, won: 0 };
    results.set(start, found);
    return found;
  };
  let last = before;
  for (const { ts, total } of points) {
    const period = at(ts);
    period.result = add(period.result, subtract(total, last));
    last = total;
  }
  for (const { exitTime, net } of trades) {
    const period = at(exitTime);
    period.trades += 1;
    if (net.units > 0n) period.won += 1;
  }
  return [...results]
    .filter(([, { result, trades: closed }]) => closed > 0 || result.units !== 0n)
    .toSorted(([a], [b]) => a - b)
    .map(([start, rest]) => ({ start, ...rest }));
}
