import type { CandleColumnsView } from '#shared/contract/market.ts';

/** The scripted market began so many candles before its chart. */
export const PAST_CANDLES = 30_000;

/** The page of hourly candles before a moment: slow swings, each the same whenever it is asked for, none before the market began. */
export function pageBefore(first: number, intervalMs: number, before: number, limit: number): CandleColumnsView {
  const end = PAST_CANDLES - Math.round((first - before) / intervalMs);
  const start = Math.max(0, end - limit);
  const index = Float64Array.from({ length: Math.max(0, end - start) }, (_, place) => start + place);
  const price = (place: number): number => 60_000 + Math.round(Math.sin(place / 90) * 400_000) / 100;
  return {
    openTime: index.map((place) => first - (PAST_CANDLES - place) * intervalMs),
    open: index.map(price),
    high: index.map((place) => price(place) + 90),
    low: index.map((place) => price(place) - 90),
    close: index.map((place) => price(place + 1)),
    volume: index.map((place) => 10 + (place % 40)),
  };
}
