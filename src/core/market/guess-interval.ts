import { INTERVAL_MS, INTERVALS, type Interval } from '../domain/interval.ts';

const nameOf = (step: number): Interval | undefined => INTERVALS.find((interval) => INTERVAL_MS[interval] === step);

/** The interval that most neighbouring timestamps are apart, if it is one that has a name. For messages only. */
export function guessInterval(timestamps: readonly number[]): Interval | undefined {
  const counts = new Map<number, number>();
  for (let i = 1; i < timestamps.length; i++) {
    const step = (timestamps[i] ?? 0) - (timestamps[i - 1] ?? 0);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const mostCommon = [...counts].sort((a, b) => b[1] - a[1])[0];
  return mostCommon === undefined ? undefined : nameOf(mostCommon[0]);
}

/**
 * The coarser interval that the rows have when every step between them is a multiple of that interval and some step is exactly it. Reading
 * hourly rows as one-minute candles would let a decision see 59 minutes of the future, so such a file is refused. Two steps must
 * agree: one step alone may be a gap.
 */
export function coarserThan(interval: Interval, openTime: Float64Array): Interval | undefined {
  if (openTime.length < 3) return undefined;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < openTime.length; i++) {
    smallest = Math.min(smallest, (openTime[i] as number) - (openTime[i - 1] as number));
    if (smallest <= INTERVAL_MS[interval]) return undefined;
  }
  const first = openTime[0] as number;
  return openTime.every((time) => (time - first) % smallest === 0) ? nameOf(smallest) : undefined;
}
