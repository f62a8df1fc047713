import type { UnixMs } from '#core/domain/ids.ts';
import type { RawNewsItem } from '#core/news/types.ts';

/** What is wrong with one entry. `index` counts from 0 in the order of the source. */
export type ItemFault = { readonly index: number; readonly why: string };

export type NewsFormat = 'rss' | 'atom' | 'rdf' | 'json feed' | 'posts json' | 'csv';

/** What a text turned out to be. Nothing that a source writes makes reading it throw. */
export type ParsedNews =
  | {
      readonly kind: 'items';
      readonly format: NewsFormat;
      readonly items: readonly RawNewsItem[];
      readonly faults: readonly ItemFault[];
      /** Entries beyond the most that are read. */
      readonly left: number;
    }
  | {
      readonly kind: 'fear_greed';
      readonly days: readonly { readonly day: UnixMs; readonly value: number }[];
      readonly faults: readonly ItemFault[];
    }
  | { readonly kind: 'fault'; readonly why: string };

/** Most that is read of one source at once. */
export type NewsBounds = { readonly characters: number; readonly items: number; readonly depth: number };

/** Of a feed over the network: far more than any feed of headlines holds. */
export const FEED_BOUNDS: NewsBounds = { characters: 5_000_000, items: 500, depth: 64 };
/** Of a file that the master names: years of history. */
export const FILE_BOUNDS: NewsBounds = { characters: 100_000_000, items: 200_000, depth: 64 };

/** Fields are cut at this many characters before anything looks at them. */
export const LONGEST_FIELD = 50_000;
