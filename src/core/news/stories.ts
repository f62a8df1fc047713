import type { UnixMs } from '../domain/ids.ts';
import type { StoredItem } from '../ports/news-store.ts';
import { type Fingerprint, fingerprint, sameStory } from './same-story.ts';
import { knownAt, type NewsSource } from './types.ts';

/** An item that counts, with what it counts by. */
export type CountedItem = {
  readonly stored: StoredItem;
  readonly knownAt: UnixMs;
  readonly publishedAt: UnixMs;
  readonly source: NewsSource;
  /** What it is compared by. */
  readonly print: Fingerprint;
  /** Number of its story; -1 for what is in quarantine, which tells none and takes no other item into one. */
  readonly story: number;
};

/** Copies of one story appear within two days; what is alike later is another event of its kind. */
const STORY_SPAN_MS = 48 * 3_600_000;

/**
 * Dated items of followed sources in the order in which they became known, each with its story. An item joins the oldest story that it
 * tells; it is compared with earlier ones only, so that nothing that comes later can ever move it.
 */
export function tellStories(items: readonly StoredItem[], sources: readonly NewsSource[]): readonly CountedItem[] {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const dated = items
    .flatMap((stored) => {
      const known = knownAt(stored.item);
      const { publishedAt } = stored.item;
      const source = byName.get(stored.item.source);
      if (known === undefined || publishedAt === undefined || source === undefined) return [];
      return [{ stored, knownAt: known, publishedAt, source }];
    })
    .toSorted((a, b) => a.knownAt - b.knownAt || (a.stored.item.id < b.stored.item.id ? -1 : 1));
  const leaders: { readonly print: Fingerprint; readonly knownAt: UnixMs; readonly publishedAt: UnixMs }[] = [];
  let oldest = 0;
  return dated.map((item) => {
    const { title, body } = item.stored.item;
    // The headline says what happened; bodies differ in length more than in what they tell.
    const print = fingerprint(title === '' ? body : title, item.stored.vector);
    if (item.stored.item.quarantined) return { ...item, print, story: -1 };
    while ((leaders[oldest]?.knownAt ?? item.knownAt) < item.knownAt - STORY_SPAN_MS) oldest++;
    for (let story = oldest; story < leaders.length; story++) {
      const leader = leaders[story];
      if (leader === undefined || Math.abs(leader.publishedAt - item.publishedAt) > STORY_SPAN_MS) continue;
      if (sameStory(leader.print, print)) return { ...item, print, story };
    }
    leaders.push({ print, knownAt: item.knownAt, publishedAt: item.publishedAt });
    return { ...item, print, story: leaders.length - 1 };
  });
}

/** How many of the first items were known at the moment. */
export function knownBefore(items: readonly CountedItem[], asOf: UnixMs): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as CountedItem).knownAt <= asOf) low = middle + 1;
    else high = middle;
  }
  return low;
}
