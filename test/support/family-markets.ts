import type { BacktestNews } from '#core/backtest/run-backtest.ts';
import { type Hash, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import type { FamilyName, FamilyParameters } from '#core/domain/strategy.ts';
import { createRng } from '#core/kernel/rng.ts';
import { columnsOfCandles } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { NewsReader } from '#core/news/types.ts';
import { TAPE_START, tapeOf } from './candle-tapes.ts';

const HOUR = INTERVAL_MS['1h'];
const cents = (price: number): number => Math.round(price * 100) / 100;

/** Parameters with which a family has something to do on hourly candles: a scalper is let onto them. */
export const onHourly = (family: FamilyName): FamilyParameters =>
  family === 'scalping' ? { longestMinutes: 60, maxAtrBps: 200 } : {};

/**
 * News that say something at every moment: the mood swings with a period of ten days, and each 40 hours two sources tell of an event, good
 * ones twice as often as bad ones. What is said at a moment depends on nothing after it.
 */
export const swingingNews: NewsReader = {
  at(asOf) {
    const hours = Math.floor((asOf - TAPE_START) / HOUR);
    const told = Math.floor(hours / 40);
    return {
      asOf,
      items: 12,
      sources: 3,
      sentiment: 0.5 * Math.sin((2 * Math.PI * hours) / 240),
      change: 0,
      risk: told % 7 === 6 ? 'high' : 'low',
      event: { tone: told % 3 === 2 ? 'bad' : 'good', publishedAt: unixMs(TAPE_START + told * 40 * HOUR), sources: 2 },
      fearGreed: 50,
      hash: `news ${hours}` as Hash,
    };
  },
};
export const newsOfRun: BacktestNews = { reader: swingingNews, hash: 'swinging' as Hash };

/** Hourly candles of a market that trends, falls and ranges by turns, in cents, in which every family finds something. */
export function changingMarket(length: number, seed = 11): CandleColumns {
  const rng = createRng(seed);
  const closes: number[] = [];
  let price = 20_000;
  let drift = 0;
  for (let i = 0; i < length; i++) {
    if (i % 60 === 0) drift = [-0.004, 0, 0, 0.004][rng.integer(4)] as number;
    const pull = drift === 0 ? 0.05 * Math.log(20_000 / price) : 0;
    price *= Math.exp(drift + pull + 0.006 * rng.normal());
    closes.push(cents(price));
  }
  return columnsOfCandles(
    tapeOf(closes, '1h', 0.002).candles.map((candle) => ({
      ...candle,
      high: cents(candle.high + 0.01),
      low: cents(candle.low - 0.01),
      volume: 1_000 * (1 + rng.integer(9)),
    })),
    '1h',
  );
}
