import type { NewsReading } from '../news/types.ts';

/** What the records say of the news. */
export type NewsPayloads = {
  /**
   * What the news said at the press; only where some is followed. Its words are not in it. `items`: the marks of what it counted; absent in
   * records that were written before they were kept.
   */
  'news.read': { readonly reading: NewsReading; readonly items?: readonly string[] };
};
