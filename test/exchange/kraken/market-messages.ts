import { dayOf } from '../core/day.ts';
import type { Candle } from '../core/tape.ts';
import type { PublicTrade } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import { type Pair, pairOf } from './pairs.ts';
import { rawNumber } from './raw-number.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const HUNDRED_PERCENT = 10_000_000_000n;

export function tickerMessage(venue: Venue, pair: Pair, type: string) {
  const day = dayOf(venue, pair.altname);
  const book = venue.exchange.market(pair.altname)?.book;
  const bid = book?.best('buy');
  const ask = book?.best('sell');
  const price = (value: bigint): unknown => rawNumber(value, pair.priceDecimals);
  return {
    channel: 'ticker',
    type,
    data: [
      {
        symbol: pair.symbol,
        bid: price(bid?.price ?? 0n),
        bid_qty: rawNumber(bid?.total ?? 0n),
        ask: price(ask?.price ?? 0n),
        ask_qty: rawNumber(ask?.total ?? 0n),
        last: price(day.last),
        volume: rawNumber(day.volume),
        vwap: price(day.last),
        low: price(day.low),
        high: price(day.high),
        change: price(day.last - day.open),
        change_pct: rawNumber(((day.last - day.open) * HUNDRED_PERCENT) / (day.open === 0n ? 1n : day.open), 2),
      },
    ],
  };
}

export const tradeMessage = (trades: readonly PublicTrade[], type: string) => ({
  channel: 'trade',
  type,
  data: trades.map((trade) => {
    const pair = pairOf(trade.instrument);
    return {
      symbol: pair.symbol,
      side: trade.buyerIsMaker ? 'sell' : 'buy',
      price: rawNumber(trade.price, pair.priceDecimals),
      qty: rawNumber(trade.quantity),
      ord_type: trade.limitTaker ? 'limit' : 'market',
      trade_id: trade.id,
      timestamp: iso(trade.at),
    };
  }),
});

export const candleMessage = (pair: Pair, candles: readonly Candle[], type: string, at: number) => ({
  channel: 'ohlc',
  type,
  timestamp: iso(at),
  data: candles.map((candle) => ({
    symbol: pair.symbol,
    open: rawNumber(candle.open, pair.priceDecimals),
    high: rawNumber(candle.high, pair.priceDecimals),
    low: rawNumber(candle.low, pair.priceDecimals),
    close: rawNumber(candle.close, pair.priceDecimals),
    trades: candle.trades,
    volume: rawNumber(candle.volume),
    vwap: rawNumber(candle.close, pair.priceDecimals),
    interval_begin: iso(candle.openTime),
    interval: candle.interval / 60_000,
    timestamp: iso(candle.openTime + candle.interval),
  })),
});
