import { sha256 } from '#adapters/digest/sha256.ts';
import type { CycleMarketPayload } from '#core/cycle/paper-records.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { createNewsReader } from '#core/news/news-reader.ts';
import type { TracedNewsReader } from '#core/news/types.ts';
import type { NewsStore } from '#core/ports/news-store.ts';

const DAY_MS = 86_400_000;
/** What a reading may look back on: the month that says what share of odd items is usual, and the stories before it. */
const LOOK_BACK_DAYS = 35;

/**
 * Readings of the gathered news for one asset, always of what is stored now. Each looks at the days that it may look back on, so that years of
 * imported history are not read for every candle.
 */
export function storedNews(store: NewsStore, base: string): TracedNewsReader {
  let day: number | undefined;
  let seen = '';
  let reader: TracedNewsReader | undefined;
  const readerAt = (asOf: UnixMs): TracedNewsReader => {
    const today = Math.floor(asOf / DAY_MS);
    const { sources, fearGreed, state } = lookAt(store);
    if (reader !== undefined && today === day && state === seen) return reader;
    const items = store.known(unixMs(Math.max(0, (today - LOOK_BACK_DAYS) * DAY_MS)), unixMs((today + 1) * DAY_MS - 1));
    day = today;
    seen = state;
    reader = createNewsReader({ digest: sha256, base, items, sources, fearGreed });
    return reader;
  };
  return { at: (asOf) => readerAt(asOf).at(asOf), traced: (asOf) => readerAt(asOf).traced(asOf) };
}

/** What a reading looks at beside the items, and what was gathered so far in few words: another item, source or weight is another state. */
function lookAt(store: NewsStore) {
  const sources = store.sources();
  const fearGreed = store.fearGreed();
  const state = JSON.stringify([
    store.counts().items,
    fearGreed.length,
    sources.map(({ name, owner, weight }) => [name, owner, weight]),
  ]);
  return { sources, fearGreed, state };
}

/** News with the state that it was in at the press: a run that is repeated on other news is another run. */
export type FollowedNews = TracedNewsReader & { readonly state: string };

/**
 * The news that a cycle follows: none on a made market, which no news is about, and none before a source is followed or the index was
 * imported.
 */
export function newsOfMarket(
  store: NewsStore,
  market: CycleMarketPayload['kind'],
  base: string,
): FollowedNews | undefined {
  if (market === 'generator') return undefined;
  const { sources, fearGreed, state } = lookAt(store);
  if (sources.length === 0 && fearGreed.length === 0) return undefined;
  return { ...storedNews(store, base), state };
}
