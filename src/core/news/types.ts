import type { Hash, UnixMs } from '../domain/ids.ts';

export type NewsRisk = 'low' | 'medium' | 'high';

/**
 * What the news said up to a moment: made only of items that were published and retrieved at or before it. An item without a date is in
 * none. Text never travels with it, so that nothing that somebody wrote can reach a decision.
 */
export type NewsReading = {
  readonly asOf: UnixMs;
  /** Items that count, and how many sources they come from. */
  readonly items: number;
  readonly sources: number;
  /** Mean tone of the items, newer and weightier sources first; -1 to 1, 0 when there are none. */
  readonly sentiment: number;
  /** `sentiment` less that of the day before; -2 to 2. */
  readonly change: number;
  readonly risk: NewsRisk;
  /** The newest event that at least two independent sources told of; undefined when there is none. */
  readonly event?: { readonly tone: 'good' | 'bad'; readonly publishedAt: UnixMs; readonly sources: number };
  /** Fear & Greed of the last completed day, 0 to 100. */
  readonly fearGreed?: number;
  /** Over the items and the way they were read. */
  readonly hash: Hash;
};

/** Readings of one market's news; the same moment gives the same reading. */
export interface NewsReader {
  at(asOf: UnixMs): NewsReading;
}
