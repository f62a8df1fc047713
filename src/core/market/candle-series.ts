import type { CandleGap, ClosedCandle } from '../domain/candle.ts';
import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';

/** The holes of an ordered series. A venue's outage leaves a hole; it is reported and never filled with made-up candles. */
export function findGaps(candles: readonly ClosedCandle[], interval: Interval): readonly CandleGap[] {
  const length = INTERVAL_MS[interval];
  const gaps: CandleGap[] = [];
  for (let i = 1; i < candles.length; i++) {
    const after = candles[i - 1]?.openTime;
    const before = candles[i]?.openTime;
    if (after === undefined || before === undefined) break;
    const missing = (before - after) / length - 1;
    if (missing > 0) gaps.push({ after, before, missing });
  }
  return gaps;
}

/** How many candles of an ordered series have closed at or before `moment` (binary search). */
export function countClosedBy(candles: readonly ClosedCandle[], moment: UnixMs): number {
  let low = 0;
  let high = candles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candle = candles[middle];
    if (candle !== undefined && candle.closeTime <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
