import type { UnixMs } from '../domain/ids.ts';
import type { FearGreedDay, NewsSource, NewsVector, ReadItem } from '../news/types.ts';

/** An item with how it was read, and its vector where an embedding model stood by. */
export type StoredItem = ReadItem & { readonly vector?: NewsVector };

/** A source with what its last fetch said. */
export type StoredSource = NewsSource & {
  readonly addedAt: UnixMs;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly fetchedAt?: UnixMs;
  /** Why the last fetch brought nothing; undefined after one that did. */
  readonly fault?: string;
  readonly items: number;
};

export type NewsCounts = { readonly items: number; readonly quarantined: number; readonly undated: number };

/** News that was gathered, as it was first seen: an item that comes again changes nothing. */
export interface NewsStore {
  sources(): readonly StoredSource[];
  putSource(source: NewsSource, at: UnixMs): void;
  /** Its items stay and count no longer. False when there is none of this name. */
  removeSource(name: string): boolean;
  noteFetch(
    name: string,
    fetch: { readonly at: UnixMs; readonly etag?: string; readonly lastModified?: string; readonly fault?: string },
  ): void;
  /** All of them or none. */
  putItems(items: readonly StoredItem[]): { readonly added: number; readonly known: number };
  has(id: string): boolean;
  /** Dated items that were known in (after, until], in the order in which they became known; those in quarantine too. */
  known(after: UnixMs, until: UnixMs): readonly StoredItem[];
  /** The last that came, undated ones too, newest first. */
  newest(limit: number): readonly ReadItem[];
  counts(): NewsCounts;
  /** The first value of a day stays. */
  putFearGreed(days: readonly FearGreedDay[]): { readonly added: number; readonly known: number };
  fearGreed(): readonly FearGreedDay[];
}
