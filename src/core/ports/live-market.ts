import type { ClosedCandle } from '../domain/candle.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Interval } from '../domain/interval.ts';
import type { Side } from '../domain/order.ts';
import type { AbortToken } from '../kernel/abort.ts';
import type { Cancel } from '../kernel/clock.ts';
import type { Answer } from './venue-gateway.ts';

/** Price and quantity of one level. Floats, as candles are: a level becomes a price only through `quantizeFloat` on the tick. */
export type BookLevel = { readonly price: number; readonly quantity: number };

/** The top of an order book as it stood at one moment; a copy that nothing changes any more. */
export type LiveBook = {
  readonly instrumentId: InstrumentId;
  /** Best first. */
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  /** When it arrived, on our clock. */
  readonly at: UnixMs;
  /** When the venue made it, where it says so. */
  readonly venueTime?: UnixMs;
};

export type LiveTrade = {
  readonly instrumentId: InstrumentId;
  readonly price: number;
  readonly quantity: number;
  /** Of the order that took. */
  readonly side: Side;
  readonly at: UnixMs;
};

export type LiveTicker = {
  readonly instrumentId: InstrumentId;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly at: UnixMs;
};

/**
 * Why prices may not be traded on: `starting` before the first whole book; `quiet` for too long; `gap` in the venue's sequence or a wrong
 * checksum; `crossed` book; `disagrees` with the venue's own ticker; `clock` jumped or is not known; `disconnected`.
 */
export type StaleReason = 'starting' | 'quiet' | 'gap' | 'crossed' | 'disagrees' | 'clock' | 'disconnected';

export type MarketHealth =
  | { readonly kind: 'live' }
  | { readonly kind: 'stale'; readonly reason: StaleReason; readonly detail: string; readonly since: UnixMs };

export type LiveMarketEvent =
  | { readonly kind: 'book'; readonly book: LiveBook }
  | { readonly kind: 'trade'; readonly trade: LiveTrade }
  | {
      readonly kind: 'candle';
      readonly instrumentId: InstrumentId;
      readonly interval: Interval;
      readonly candle: ClosedCandle;
    }
  /** Told at once when it changes; a gap makes prices stale before anybody can read another one. */
  | { readonly kind: 'health'; readonly instrumentId: InstrumentId; readonly health: MarketHealth };

export type CandlePage = {
  /** Closed, in order, each once. */
  readonly candles: readonly ClosedCandle[];
  /** Where the next page begins; undefined when everything up to the asked end was read. */
  readonly next: UnixMs | undefined;
};

/** Live prices of one venue. Stale prices are never handed out as good ones: who acts on them asks `health` first. */
export interface LiveMarket {
  /** `BINANCE`: how its instruments name it. */
  readonly venue: string;
  /** What is traded there now. Failing is an answer. */
  instruments(): Promise<Answer<readonly Instrument[]>>;
  /** One page of closed candles that open at or after `from` and before `to`. */
  candles(instrumentId: InstrumentId, interval: Interval, from: UnixMs, to: UnixMs): Promise<Answer<CandlePage>>;
  /** The venue's ticker, asked for and not streamed. */
  ticker(instrumentId: InstrumentId): Promise<Answer<LiveTicker>>;
  /** Streams book and trades of an instrument, and its closed candles of these intervals, until canceled. */
  watch(instrumentId: InstrumentId, intervals: readonly Interval[]): Cancel;
  /** The newest book; undefined before the first one. */
  book(instrumentId: InstrumentId): LiveBook | undefined;
  /** `starting` for an instrument that is not watched. */
  health(instrumentId: InstrumentId): MarketHealth;
  /** The venue's time by what was last measured; our own until then. */
  venueNow(): UnixMs;
  /** Why no new order may be sent because of clocks, or undefined. */
  clockTrouble(): string | undefined;
  subscribe(listener: (event: LiveMarketEvent) => void): Cancel;
  /** Resolves when every watched instrument is live, or on abort; says which. */
  settled(abort: AbortToken): Promise<boolean>;
  close(): Promise<void>;
}
