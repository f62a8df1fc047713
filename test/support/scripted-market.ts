import type { ClosedCandle } from '#core/domain/candle.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { asset } from '#core/domain/money.ts';
import type { CandlePage, LiveMarket, LiveMarketEvent } from '#core/ports/live-market.ts';
import type { Answer } from '#core/ports/venue-gateway.ts';

export const SCRIPTED: Instrument = {
  id: 'BTC/USDT.VENUE' as InstrumentId,
  symbol: 'BTC/USDT',
  venue: 'VENUE',
  base: asset('BTC'),
  quote: asset('USDT'),
  tickSize: parseDecimal('0.01'),
  lotSize: parseDecimal('0.001'),
  minQuantity: parseDecimal('0.001'),
  minNotional: parseDecimal('5'),
  quoteScale: 8,
};

export const candleAt = (openTime: number, interval: Interval): ClosedCandle => {
  const price = 100 + ((openTime / 60_000) % 50);
  const closeTime = unixMs(openTime + INTERVAL_MS[interval]);
  const values = { open: price, high: price + 1, low: price - 1, close: price, volume: 1 };
  return { openTime: unixMs(openTime), closeTime, ...values } as ClosedCandle;
};

export type ScriptedMarket = LiveMarket & {
  /** First open time of each page that was asked for. */
  readonly asked: UnixMs[];
  /** How many of the next requests fail. */
  failing: number;
  now: number;
  tell(event: LiveMarketEvent): void;
};

/** A venue of one instrument whose candles are a function of time, in pages, with holes where the test wants them. */
export function scriptedMarket(
  start: number,
  page = 100,
  hole: (openTime: number) => boolean = () => false,
): ScriptedMarket {
  const listeners = new Set<(event: LiveMarketEvent) => void>();
  const market: ScriptedMarket = {
    asked: [],
    failing: 0,
    now: start,
    venue: 'VENUE',
    instruments: () => Promise.resolve({ kind: 'ok', value: [SCRIPTED] }),
    candles(_id, interval, from, to): Promise<Answer<CandlePage>> {
      market.asked.push(from);
      if (market.failing > 0) {
        market.failing -= 1;
        return Promise.resolve({ kind: 'failed', reason: 'maintenance', retryAfterMs: 1 });
      }
      const length = INTERVAL_MS[interval];
      const end = Math.min(to, Math.floor(market.now / length) * length);
      const times = Array.from({ length: page }, (_, n) => Math.ceil(from / length) * length + n * length);
      const inside = times.filter((time) => time + length <= end || time < end);
      const next = (times.at(-1) ?? 0) + length;
      return Promise.resolve({
        kind: 'ok',
        value: {
          candles: inside.filter((time) => !hole(time)).map((time) => candleAt(time, interval)),
          next: next < end ? unixMs(next) : undefined,
        },
      });
    },
    ticker: () => Promise.resolve({ kind: 'failed', reason: 'not scripted' }),
    watch: () => () => undefined,
    book: () => undefined,
    health: () => ({ kind: 'live' }),
    venueNow: () => unixMs(market.now),
    clockTrouble: () => undefined,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    settled: () => Promise.resolve(true),
    close: () => Promise.resolve(),
    tell(event) {
      for (const listener of listeners) listener(event);
    },
  };
  return market;
}
