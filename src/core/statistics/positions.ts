import type { HeldPosition } from './placement.ts';
import type { EquityRecord, TradeRecord } from './types.ts';

/** Index of the candle in which a moment lies: the first that closes after it; the last one for moments beyond the record. */
export function candleAt({ times }: EquityRecord, at: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) > at) high = middle;
    else low = middle + 1;
  }
  return Math.max(0, low);
}

/**
 * Positions as candles: from the open of the candle in which they were entered to the open of the one in which they were left, at
 * least one candle. What was entered on the last candle has no later open and is left out.
 */
export function positionsOf(record: EquityRecord, trades: readonly TradeRecord[]): readonly HeldPosition[] {
  const last = record.times.length - 1;
  return trades
    .toSorted((a, b) => a.entryTime - b.entryTime)
    .flatMap(({ entryTime, exitTime, direction }) => {
      const entry = candleAt(record, entryTime);
      const exit = Math.min(last, Math.max(entry + 1, candleAt(record, exitTime)));
      return exit > entry ? [{ entry, exit, direction: direction ?? 'long' }] : [];
    });
}
