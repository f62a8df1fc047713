import type { AppOutput } from '#shared/contract/app-contract.ts';
import { floatText, priceText, quantityText } from '#shared/format/figures.ts';
import { countText, purposeName } from '#shared/format/names.ts';
import type { DrawnCandle } from '../../charts/candle-controller.ts';
import { placeOf } from '../../charts/series-window.ts';

type Chart = AppOutput<'market.chart'>;

const DAY_MS = 86_400_000;

/** What the picture shows, in words that are made from the same data. */
export function chartSummary(chart: Chart, candles: readonly DrawnCandle[]): string {
  const last = candles.at(-1);
  if (last === undefined) return `${chart.instrument} ${chart.interval}: no candles.`;
  const recent = candles.slice(placeOf(candles, last.openTime - DAY_MS + 1));
  const day = recent.length > 1 ? recent : candles;
  const first = day[0] ?? last;
  const low = day.reduce((least, candle) => Math.min(least, candle.low), first.low);
  const high = day.reduce((most, candle) => Math.max(most, candle.high), first.high);
  const price = (value: number): string => floatText(value, chart.priceDecimals);
  const change =
    first.open === 0 ? 'unknown' : `${floatText((last.close / first.open - 1) * 100, 2, { sign: 'always' })}%`;
  const span = day === recent ? 'over the last 24 h' : `over ${countText(day.length, 'candle')}`;
  return [
    `${chart.instrument} ${chart.interval}: last ${price(last.close)}, ${change} ${span}, range ${price(low)} to ${price(high)}.`,
    chart.markers.length === 0
      ? 'No trades.'
      : `${countText(chart.markers.length, 'trade')}: ${chart.markers
          .map(
            (marker) =>
              `${marker.side === 'buy' ? 'bought' : 'sold'} ${quantityText(marker.quantity)} at ${priceText(marker.price, chart.priceDecimals)} (${purposeName(marker.purpose).toLowerCase()})`,
          )
          .join('; ')}.`,
    chart.lines.length === 0
      ? 'No open levels.'
      : `Levels: ${chart.lines.map((line) => `${line.kind} ${priceText(line.price, chart.priceDecimals)}`).join(', ')}.`,
  ].join(' ');
}

/** One candle as a sentence, for the live readout. */
export function candleSentence(candle: DrawnCandle, decimals: number, time: string): string {
  const price = (value: number): string => floatText(value, decimals);
  return `${time}, open ${price(candle.open)}, high ${price(candle.high)}, low ${price(candle.low)}, close ${price(candle.close)}, volume ${floatText(candle.volume, 2)}`;
}
