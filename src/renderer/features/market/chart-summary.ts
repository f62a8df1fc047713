import type { ChartView } from '#shared/contract/market.ts';
import { floatText, priceText, quantityText } from '#shared/format/figures.ts';
import { namesIn } from '#shared/i18n/names-in.ts';
import { words } from '../../app/language.ts';
import type { DrawnCandle } from '../../charts/candle-controller.ts';
import { lastDay } from '../../charts/series-window.ts';

/** What the picture shows, in words that are made from the same data. `regime` is what the analyst calls the newest candles. */
export function chartSummary(chart: ChartView, candles: readonly DrawnCandle[], regime?: string): string {
  const { t } = words;
  const named = namesIn(t);
  const { instrument, interval, priceDecimals } = chart;
  const last = candles.at(-1);
  if (last === undefined) return t('market.summary.none', { instrument, interval });
  const recent = lastDay(candles);
  const day = recent ?? candles;
  const first = day[0] ?? last;
  const price = (value: number): string => floatText(value, priceDecimals);
  const change =
    first.open === 0
      ? t('market.watchlist.unknown')
      : `${floatText((last.close / first.open - 1) * 100, 2, { sign: 'always' })}%`;
  const figures = {
    instrument,
    interval,
    change,
    last: price(last.close),
    low: price(day.reduce((least, candle) => Math.min(least, candle.low), first.low)),
    high: price(day.reduce((most, candle) => Math.max(most, candle.high), first.high)),
  };
  const trades = chart.markers.map((marker) =>
    t(marker.side === 'buy' ? 'market.summary.bought' : 'market.summary.sold', {
      quantity: quantityText(marker.quantity),
      price: priceText(marker.price, priceDecimals),
      purpose: named('purposes', marker.purpose).toLowerCase(),
    }),
  );
  const levels = chart.lines.map((line) =>
    t(`market.summary.${line.kind}`, { price: priceText(line.price, priceDecimals) }),
  );
  return [
    recent !== null ? t('market.summary.day', figures) : t('market.summary.span', { ...figures, count: day.length }),
    trades.length === 0
      ? t('market.summary.noTrades')
      : t('market.summary.trades', { count: trades.length, list: trades.join('; ') }),
    levels.length === 0 ? t('market.summary.noLevels') : t('market.summary.levels', { list: levels.join(', ') }),
    ...(regime === undefined ? [] : [t('market.summary.regime', { regime })]),
  ].join(' ');
}

/** One candle as a sentence, for the live readout. */
export function candleSentence(candle: DrawnCandle, decimals: number, time: string): string {
  const price = (value: number): string => floatText(value, decimals);
  return words.t('market.candle', {
    time,
    open: price(candle.open),
    high: price(candle.high),
    low: price(candle.low),
    close: price(candle.close),
    volume: floatText(candle.volume, 2),
  });
}
