import type { AppOutput } from '#shared/contract/app-contract.ts';
import type { DrawnCandle, DrawnLine, DrawnMarker } from '../../charts/candle-controller.ts';

type Chart = AppOutput<'market.chart'>;

/** Columns as rows, for the chart and for the keyboard. */
export function candlesOf({ columns }: Chart): readonly DrawnCandle[] {
  const { openTime, open, high, low, close, volume } = columns;
  return Array.from(openTime, (time, index) => ({
    openTime: time,
    open: open[index] ?? 0,
    high: high[index] ?? 0,
    low: low[index] ?? 0,
    close: close[index] ?? 0,
    volume: volume[index] ?? 0,
  }));
}

/** Markers stand on the candle in which the fill happened; fills older than the chart are left out. */
export function markersOf({ markers, columns }: Chart): readonly DrawnMarker[] {
  const times = columns.openTime;
  const drawn: DrawnMarker[] = [];
  for (const { ts, side, purpose } of markers) {
    const openTime = times.findLast((time) => time <= ts);
    if (openTime !== undefined) drawn.push({ openTime, side, purpose });
  }
  return drawn.toSorted((a, b) => a.openTime - b.openTime);
}

export const linesOf = ({ lines }: Chart): readonly DrawnLine[] =>
  lines.map(({ kind, price }) => ({ kind, price: Number(price) }));
