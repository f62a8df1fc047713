import type { TFunction } from 'i18next';
import type { ChartView } from '#shared/contract/market.ts';
import { namesIn } from '#shared/i18n/names-in.ts';
import type { DrawnCandle, DrawnLine, DrawnMarker } from '../../charts/candle-controller.ts';
import { placeOf } from '../../charts/series-window.ts';

/** Markers stand on the candle in which the fill happened; fills older than the candles are left out. */
export function markersOf(
  candles: readonly DrawnCandle[],
  markers: ChartView['markers'],
  t: TFunction,
): readonly DrawnMarker[] {
  const named = namesIn(t);
  const drawn: DrawnMarker[] = [];
  for (const { ts, side, purpose } of markers) {
    const candle = candles[placeOf(candles, ts + 1) - 1];
    if (candle !== undefined)
      drawn.push({
        openTime: candle.openTime,
        side,
        text: purpose === 'stop' ? `✕ ${t('market.levels.stop')}` : named('purposes', purpose),
      });
  }
  return drawn.toSorted((a, b) => a.openTime - b.openTime);
}

export const lineAt = (kind: DrawnLine['kind'], price: string, t: TFunction): DrawnLine => ({
  kind,
  price: Number(price),
  title: t(`market.levels.${kind}`),
});

export const linesOf = ({ lines }: ChartView, t: TFunction): readonly DrawnLine[] =>
  lines.map(({ kind, price }) => lineAt(kind, price, t));
