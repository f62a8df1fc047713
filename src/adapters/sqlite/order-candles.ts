import type { ClosedCandle } from '#core/domain/candle.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { columnsOfCandles } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { malformed, refuseDifferent } from './candle-faults.ts';
import { differingField } from './merge-candles.ts';

/**
 * Candles in any order as ordered columns, `twice` counting those that stood there more than once. Throws Fault when two of them
 * contradict each other or one does not last its interval.
 */
export function orderCandles(
  instrumentId: InstrumentId,
  interval: Interval,
  candles: readonly ClosedCandle[],
): { readonly columns: CandleColumns; readonly twice: number } {
  const length = INTERVAL_MS[interval];
  const odd = candles.find(({ openTime, closeTime }) => closeTime - openTime !== length);
  if (odd !== undefined) throw malformed(instrumentId, interval, odd.openTime, `does not last ${interval}`);
  const sorted = candles.every((candle, i) => i === 0 || (candles[i - 1]?.openTime ?? 0) < candle.openTime);
  if (sorted) return { columns: columnsOfCandles(candles, interval), twice: 0 };

  const ordered = candles.toSorted((a, b) => a.openTime - b.openTime);
  const all = columnsOfCandles(ordered, interval);
  const once = ordered.filter((_, i) => {
    if (i === 0 || all.openTime[i] !== all.openTime[i - 1]) return true;
    if (differingField(all, i, all, i - 1) === undefined) return false;
    throw refuseDifferent(instrumentId, all, i, all, i - 1);
  });
  return { columns: columnsOfCandles(once, interval), twice: candles.length - once.length };
}
