import type { Exchange } from './exchange.ts';
import { type Fixed, larger, smaller } from './fixed.ts';
import { createPriceProcess, MINUTE_MS, type PastCandle, type PriceProcess } from './price-process.ts';
import type { PublicTrade } from './types.ts';

const KEPT_TRADES = 2000;

export type Candle = PastCandle & { readonly interval: number };

/** What was traded: the newest trades, and candles of every interval out of minutes, invented before the start and real after it. */
export type Tape = {
  /** Oldest first. */
  trades(instrument: string): readonly PublicTrade[];
  /** The candle that holds this moment. */
  candle(instrument: string, interval: number, time: number): Candle;
  /** Candles that open within [from, to], oldest first, at most `limit` from the start; never one that opens after now. */
  candles(instrument: string, interval: number, from: number, to: number, limit: number): readonly Candle[];
};

export function createTape(exchange: Exchange, seed: number): Tape {
  const startedAt = exchange.now();
  const startMinute = Math.floor(startedAt / MINUTE_MS) * MINUTE_MS;
  const trades = new Map<string, PublicTrade[]>();
  const minutes = new Map<string, Map<number, PastCandle>>();
  const past = new Map<string, PriceProcess>();
  for (const [index, instrument] of exchange.instruments().entries()) {
    trades.set(instrument.id, []);
    minutes.set(instrument.id, new Map());
    past.set(instrument.id, createPriceProcess(instrument, seed * 31 + index * 7919, startedAt));
  }

  exchange.listen({
    trade: (trade) => {
      const list = trades.get(trade.instrument) ?? [];
      list.push(trade);
      if (list.length > 2 * KEPT_TRADES) list.splice(0, KEPT_TRADES);
      const openTime = Math.floor(trade.at / MINUTE_MS) * MINUTE_MS;
      minutes.get(trade.instrument)?.set(openTime, withTrade(minute(trade.instrument, openTime), trade));
    },
  });

  const flat = (openTime: number, price: Fixed): PastCandle => ({
    openTime,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: 0n,
    trades: 0,
  });
  const minute = (instrument: string, openTime: number): PastCandle => {
    const real = minutes.get(instrument);
    const known = real?.get(openTime);
    if (known !== undefined) return known;
    const process = past.get(instrument);
    if (openTime < startMinute && process !== undefined) return process.minute(openTime);
    // Without a trade since the start a minute is flat at the close before it.
    for (let time = openTime - MINUTE_MS; time >= startMinute; time -= MINUTE_MS) {
      const before = real?.get(time);
      if (before !== undefined) return flat(openTime, before.close);
    }
    return flat(openTime, process?.minute(startMinute - MINUTE_MS).close ?? 0n);
  };
  const candle = (instrument: string, interval: number, time: number): Candle => {
    const openTime = Math.floor(time / interval) * interval;
    const last = Math.min(openTime + interval, exchange.now() + 1);
    let whole = minute(instrument, openTime);
    for (let at = openTime + MINUTE_MS; at < last; at += MINUTE_MS) whole = joined(whole, minute(instrument, at));
    return { ...whole, interval };
  };

  return {
    trades: (instrument) => trades.get(instrument) ?? [],
    candle,
    candles: (instrument, interval, from, to, limit) => {
      const found: Candle[] = [];
      const end = Math.min(to, exchange.now());
      for (let at = Math.ceil(from / interval) * interval; at <= end && found.length < limit; at += interval)
        found.push(candle(instrument, interval, at));
      return found;
    },
  };
}

const withTrade = (candle: PastCandle, { price, quantity }: PublicTrade): PastCandle => ({
  ...candle,
  high: larger(candle.high, price),
  low: smaller(candle.low, price),
  close: price,
  volume: candle.volume + quantity,
  trades: candle.trades + 1,
});

const joined = (first: PastCandle, next: PastCandle): PastCandle => ({
  ...first,
  high: larger(first.high, next.high),
  low: smaller(first.low, next.low),
  close: next.close,
  volume: first.volume + next.volume,
  trades: first.trades + next.trades,
});
