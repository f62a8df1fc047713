import type { NewsReading } from '../news/types.ts';

/** What the records say of the news. */
export type NewsPayloads = {
  /** What the news said at the press; only where some is followed. Its words are not in it. */
  'news.read': { readonly reading: NewsReading };
};
