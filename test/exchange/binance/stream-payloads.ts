import type { BookChanges } from '../core/book-changes.ts';
import { dayOf } from '../core/day.ts';
import { type Fixed, formatFixed, times } from '../core/fixed.ts';
import type { Candle } from '../core/tape.ts';
import type { PublicTrade } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import { depthOf } from './market-data.ts';
import { tickerOf } from './ticker.ts';

const text = (value: Fixed): string => formatFixed(value);
const rows = (levels: ReadonlyMap<Fixed, Fixed>) => [...levels].map(([price, total]) => [text(price), text(total)]);

export const depthUpdate = (symbol: string, changes: BookChanges, at: number) => ({
  e: 'depthUpdate',
  E: at,
  s: symbol,
  U: changes.first,
  u: changes.last,
  b: rows(changes.buy),
  a: rows(changes.sell),
});

export const tradeMessage = (trade: PublicTrade) => ({
  e: 'trade',
  E: trade.at,
  s: trade.instrument,
  t: trade.id,
  p: text(trade.price),
  q: text(trade.quantity),
  T: trade.at,
  m: trade.buyerIsMaker,
  M: true,
});

export const aggregateMessage = (trade: PublicTrade) => ({
  e: 'aggTrade',
  E: trade.at,
  s: trade.instrument,
  a: trade.id,
  p: text(trade.price),
  q: text(trade.quantity),
  f: trade.id,
  l: trade.id,
  T: trade.at,
  m: trade.buyerIsMaker,
  M: true,
});

export const bookTickerMessage = (venue: Venue, symbol: string) => {
  const { lastUpdateId, bids, asks } = depthOf(venue, symbol, 1);
  const [b = '0', B = '0'] = bids[0] ?? [];
  const [a = '0', A = '0'] = asks[0] ?? [];
  return { u: lastUpdateId, s: symbol, b, B, a, A };
};

export const tickerMessage = (venue: Venue, symbol: string) => {
  const day = tickerOf(venue, symbol);
  return {
    e: '24hrTicker',
    E: day.closeTime,
    s: symbol,
    p: day.priceChange,
    P: day.priceChangePercent,
    w: day.weightedAvgPrice,
    x: day.prevClosePrice,
    c: day.lastPrice,
    Q: day.lastQty,
    b: day.bidPrice,
    B: day.bidQty,
    a: day.askPrice,
    A: day.askQty,
    o: day.openPrice,
    h: day.highPrice,
    l: day.lowPrice,
    v: day.volume,
    q: day.quoteVolume,
    O: day.openTime,
    C: day.closeTime,
    F: day.firstId,
    L: day.lastId,
    n: day.count,
  };
};

export const miniTickerMessage = (venue: Venue, symbol: string) => {
  const day = dayOf(venue, symbol);
  return {
    e: '24hrMiniTicker',
    E: day.to,
    s: symbol,
    c: text(day.last),
    o: text(day.open),
    h: text(day.high),
    l: text(day.low),
    v: text(day.volume),
    q: text(times(day.volume, day.last)),
  };
};

export const klineMessage = (symbol: string, name: string, candle: Candle, closed: boolean, at: number) => ({
  e: 'kline',
  E: at,
  s: symbol,
  k: {
    t: candle.openTime,
    T: candle.openTime + candle.interval - 1,
    s: symbol,
    i: name,
    f: -1,
    L: -1,
    o: text(candle.open),
    c: text(candle.close),
    h: text(candle.high),
    l: text(candle.low),
    v: text(candle.volume),
    n: candle.trades,
    x: closed,
    q: text(times(candle.volume, candle.close)),
    V: text(candle.volume / 2n),
    Q: text(times(candle.volume / 2n, candle.close)),
    B: '0',
  },
});
