import type { AppOutput } from '#shared/contract/app-contract.ts';
import type { DrawnCandle, DrawnLine, DrawnMarker } from '../../charts/candle-controller.ts';
import { placeOf } from '../../charts/series-window.ts';

type Chart = AppOutput<'market.chart'>;

/** Markers stand on the candle in which the fill happened; fills older than the candles are left out. */
export function markersOf(candles: readonly DrawnCandle[], markers: Chart['markers']): readonly DrawnMarker[] {
  const drawn: DrawnMarker[] = [];
  for (const { ts, side, purpose } of markers) {
    const candle = candles[placeOf(candles, ts + 1) - 1];
    if (candle !== undefined) drawn.push({ openTime: candle.openTime, side, purpose });
  }
  return drawn.toSorted((a, b) => a.openTime - b.openTime);
}

export const linesOf = ({ lines }: Chart): readonly DrawnLine[] =>
  lines.map(({ kind, price }) => ({ kind, price: Number(price) }));
