import type { MarketSource } from '#shared/market-source.ts';
import type { CandleGap, CandleSeries, ClosedCandle } from '../domain/candle.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Interval } from '../domain/interval.ts';
import type { AbortToken } from '../kernel/abort.ts';

export type FeedHistory = { readonly series: CandleSeries; readonly gaps: readonly CandleGap[] };

/** Candles of a venue, a file or the generator. Only closed candles ever leave it. */
export interface MarketFeed {
  readonly source: MarketSource;
  instruments(): readonly Instrument[];
  /** The newest `count` candles with closeTime <= until, oldest first. Throws Fault('not_found') for an unknown instrument or interval. */
  history(instrumentId: InstrumentId, interval: Interval, until: UnixMs, count: number): FeedHistory;
  /**
   * The first candle that closes after `after`, as soon as the feed's clock has reached its close; undefined when the data ends.
   * On abort it resolves to undefined. Rejects only where somebody has closed the feed itself.
   */
  next(
    instrumentId: InstrumentId,
    interval: Interval,
    after: UnixMs,
    abort: AbortToken,
  ): Promise<ClosedCandle | undefined>;
  /** First and last moment at which a decision is possible: the close times of the first and the newest candle known. */
  span(instrumentId: InstrumentId, interval: Interval): { readonly first: UnixMs; readonly last: UnixMs };
}
