import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { candlePages } from '#core/market/candle-pages.ts';
import type { CandleStore } from '#core/ports/candle-store.ts';
import type { LiveMarket } from '#core/ports/live-market.ts';

export type FetchCandles = {
  readonly market: LiveMarket;
  readonly store: CandleStore;
  readonly steady: Clock;
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly from: UnixMs;
  readonly to: UnixMs;
  readonly onProgress: (at: UnixMs, fetched: number) => void;
};

type Stretch = { readonly from: UnixMs; readonly to: UnixMs };

/** What is not there yet: before the stored series and behind it. Holes inside it are the venue's own and are not asked for again. */
function missingStretches({ store, instrumentId, interval, from, to }: FetchCandles): readonly Stretch[] {
  const stored = store.list().find((one) => one.instrumentId === instrumentId && one.interval === interval);
  if (stored === undefined) return [{ from, to }];
  const behind = unixMs(stored.lastOpen + INTERVAL_MS[interval]);
  return [
    { from, to: unixMs(Math.min(to, stored.firstOpen)) },
    { from: unixMs(Math.max(from, behind)), to },
  ].filter((stretch) => stretch.from < stretch.to);
}

/**
 * Brings a venue's candles into the store, page by page; each page is kept before the next is asked for, so that a repeat goes on where
 * this one stopped. Throws Fault('unreachable') when the venue does not answer any more.
 */
export async function fetchCandles(
  options: FetchCandles,
): Promise<{ readonly fetched: number; readonly added: number }> {
  const { market, store, steady, instrumentId, interval, onProgress } = options;
  let fetched = 0;
  let added = 0;
  for (const stretch of missingStretches(options)) {
    for await (const { candles, next } of candlePages({
      market,
      steady,
      instrumentId,
      interval,
      ...stretch,
      remedy: 'What came is kept. Run the same command again, and it goes on from there.',
    })) {
      if (candles.length > 0) added += store.put(instrumentId, interval, candles).added;
      fetched += candles.length;
      onProgress(next ?? stretch.to, fetched);
    }
  }
  return { fetched, added };
}
