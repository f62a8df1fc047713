import type { ClosedCandle } from '../domain/candle.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import type { FeedHistory } from '../ports/market-feed.ts';
import type { MarketSnapshot } from './types.ts';

export type SnapshotInput = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  /** The moment of the decision in market time. */
  readonly asOf: UnixMs;
  readonly source: MarketSnapshot['source'];
  readonly history: FeedHistory;
};

/**
 * Stage 1: the raw view that every later stage works from. The hash covers instrument, interval, moment and candles and nothing else:
 * the same market gives the same hash from a file, from the store, on another machine and next year.
 *
 * Throws RangeError when the feed broke its promise: no candle at all, another interval, two candles of one moment, or a candle that
 * closes after `asOf`. Those are bugs, because a decision made on them would have seen the future.
 */
export function buildSnapshot(digest: Digest, input: SnapshotInput): MarketSnapshot {
  const { instrumentId, interval, asOf, source, history } = input;
  if (history.series.interval !== interval)
    throw new RangeError(`asked for ${interval} candles, got ${history.series.interval}`);
  const candles = history.series.candles.toSorted((a, b) => a.openTime - b.openTime);
  refuseTwins(candles);
  const newest = candles.at(-1);
  if (newest === undefined) throw new RangeError(`no candle of ${instrumentId} is known at ${asOf}`);
  if (newest.closeTime > asOf) throw new RangeError(`a candle closes at ${newest.closeTime}, after the moment ${asOf}`);

  const rows = candles.map((c) => [c.openTime, c.open, c.high, c.low, c.close, c.volume]);
  return {
    instrumentId,
    interval,
    asOf,
    source,
    series: { interval, candles },
    gaps: history.gaps,
    dataAgeMs: asOf - newest.closeTime,
    hash: hashOf(digest, 'market-snapshot', { instrumentId, interval, asOf, candles: rows }),
  };
}

function refuseTwins(candles: readonly ClosedCandle[]): void {
  for (let i = 1; i < candles.length; i++) {
    if (candles[i]?.openTime === candles[i - 1]?.openTime)
      throw new RangeError(`two candles open at ${candles[i]?.openTime}`);
  }
}
