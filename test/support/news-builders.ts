import { sha256 } from '#adapters/digest/sha256.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { acceptItem } from '#core/news/accept-item.ts';
import { readByLexicon } from '#core/news/lexicon.ts';
import { createNewsReader } from '#core/news/news-reader.ts';
import type { FearGreedDay, NewsSource, TracedNewsReader } from '#core/news/types.ts';
import type { StoredItem } from '#core/ports/news-store.ts';

export const HOUR = 3_600_000;
export const NOON = unixMs(Date.UTC(2024, 5, 1, 12));

export const wire: NewsSource = { name: 'wire', owner: 'wire.example', weight: 1 };
export const desk: NewsSource = { name: 'desk', owner: 'desk.example', weight: 0.5 };
/** A second feed of the same house as `wire`. */
export const wireMarkets: NewsSource = { name: 'wire markets', owner: 'wire.example', weight: 1 };

export type ItemChange = {
  readonly source?: string;
  /** Hours before noon; undefined leaves the item without a date. */
  readonly publishedHoursAgo?: number | undefined;
  readonly retrievedHoursAgo?: number;
  readonly body?: string;
  readonly vector?: StoredItem['vector'];
};

/** An item as the host would store it: cleaned, and read by the lexicon. Published and retrieved an hour before noon unless told otherwise. */
export function newsItem(title: string, change: ItemChange = {}): StoredItem {
  const { source = 'wire', body = '', vector } = change;
  const published = 'publishedHoursAgo' in change ? change.publishedHoursAgo : 1;
  const item = acceptItem(
    sha256,
    {
      externalId: '',
      title,
      body,
      url: '',
      ...(published === undefined ? {} : { publishedAt: unixMs(NOON - published * HOUR) }),
      hidden: { text: '', parts: 0 },
    },
    { source, now: unixMs(NOON - (change.retrievedHoursAgo ?? published ?? 1) * HOUR) },
  );
  if (item === undefined) throw new Error('the item is empty');
  const { tone, score, driving } = readByLexicon(`${title} ${body}`);
  return {
    item,
    tone: { tone, score, by: 'lexicon', reader: 'lexicon', driving },
    ...(vector === undefined ? {} : { vector }),
  };
}

export const readerOf = (
  items: readonly StoredItem[],
  sources: readonly NewsSource[] = [wire, desk, wireMarkets],
  fearGreed: readonly FearGreedDay[] = [],
  base = 'BTC',
): TracedNewsReader => createNewsReader({ digest: sha256, base, items, sources, fearGreed });

export const hoursAfterNoon = (hours: number): UnixMs => unixMs(NOON + hours * HOUR);
