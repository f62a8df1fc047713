import type { ChartView } from '#shared/contract/market.ts';
import type { DrawnCandle, DrawnLine, DrawnMarker } from '../../charts/candle-controller.ts';
import { placeOf } from '../../charts/series-window.ts';

/** Markers stand on the candle in which the fill happened; fills older than the candles are left out. */
export function markersOf(candles: readonly DrawnCandle[], markers: ChartView['markers']): readonly DrawnMarker[] {
  const drawn: DrawnMarker[] = [];
  for (const { ts, side, purpose } of markers) {
    const candle = candles[placeOf(candles, ts + 1) - 1];
    if (candle !== undefined) drawn.push({ openTime: candle.openTime, side, purpose });
  }
  return drawn.toSorted((a, b) => a.openTime - b.openTime);
}

export const linesOf = ({ lines }: ChartView): readonly DrawnLine[] =>
  lines.map(({ kind, price }) => ({ kind, price: Number(price) }));
