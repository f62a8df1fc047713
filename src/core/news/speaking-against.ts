import type { UnixMs } from '../domain/ids.ts';
import type { StoredItem } from '../ports/news-store.ts';
import { sameStory } from './same-story.ts';
import { type CountedItem, knownBefore, tellStories } from './stories.ts';
import type { NewsSource } from './types.ts';

/**
 * What the news has against an entry, judged so that nothing that others add can take it away: neither by answering a bad story with a
 * good one, nor by drowning a mood in cheer, nor by telling a story first so that it looks old. An average would let whoever writes most
 * have the last word; here the worst that independent sources say stands.
 */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Older stories are in the price; each half day halves what a story counts. */
export const NEWS_WINDOW_MS = 48 * HOUR_MS;
export const HALF_LIFE_MS = 12 * HOUR_MS;
/** From this tone on, to either side, a story that two independent sources tell is an event. */
export const EVENT_TONE = 0.3;
/** Mood that halves: this bad, or so much worse than the day before, over so many stories. */
const BAD_MOOD = -0.25;
const WORSENING = -0.35;
const MOOD_STORIES = 3;

/** What each owner tells, in stories of its own: what others tell cannot join two of them into one. */
export type Owners = readonly (readonly CountedItem[])[];

export function tellByOwner(items: readonly StoredItem[], sources: readonly NewsSource[]): Owners {
  return [...new Set(sources.map(({ owner }) => owner))].map((owner) => {
    const own = sources.filter((source) => source.owner === owner);
    const names = new Set(own.map(({ name }) => name));
    return tellStories(
      items.filter(({ item }) => !item.quarantined && names.has(item.source)),
      own,
    );
  });
}

/** How many independent owners tell one story of at least the tone of an event, each lately; 0 unless two do. `side` is the sign of the tone. */
export function tellersAt(items: readonly CountedItem[], asOf: UnixMs, side: 1 | -1, withinMs: number): number {
  const recent: CountedItem[] = [];
  for (let i = knownBefore(items, asOf) - 1; i >= 0; i--) {
    const item = items[i] as CountedItem;
    if (item.knownAt <= asOf - withinMs) break;
    // Old news that only came late is old; when it was published counts for one's own word alone.
    if (item.publishedAt > asOf - withinMs && item.stored.tone.score * side >= EVENT_TONE) recent.push(item);
  }
  const tellers = recent.map((item) => {
    const same = recent.filter(
      (other) => other.source.owner !== item.source.owner && sameStory(item.print, other.print),
    );
    return new Set(same.map(({ source }) => source.owner)).size;
  });
  const most = Math.max(0, ...tellers);
  return most === 0 ? 0 : most + 1;
}

/** True when owners that are in a bad mood, or whose mood has turned bad within a day, tell enough stories between them. */
export function inBadMood(owners: Owners, asOf: UnixMs): boolean {
  let [bad, worse] = [0, 0];
  for (const told of owners) {
    const now = moodAt(told, asOf);
    if (now.tone <= BAD_MOOD) bad += now.stories;
    if (now.tone < 0 && now.tone - moodAt(told, (asOf - DAY_MS) as UnixMs).tone <= WORSENING) worse += now.stories;
  }
  return bad >= MOOD_STORIES || worse >= MOOD_STORIES;
}

/** Mean tone of an owner's stories, each by its first word and newer ones first. */
function moodAt(told: readonly CountedItem[], asOf: UnixMs): { readonly tone: number; readonly stories: number } {
  const firsts = new Map<number, CountedItem>();
  for (let i = knownBefore(told, asOf) - 1; i >= 0; i--) {
    const item = told[i] as CountedItem;
    if (item.knownAt <= asOf - 2 * NEWS_WINDOW_MS) break;
    firsts.set(item.story, item);
  }
  let [weights, tones, stories] = [0, 0, 0];
  for (const { publishedAt, source, stored } of firsts.values()) {
    if (publishedAt <= asOf - NEWS_WINDOW_MS) continue;
    const weight = source.weight * 2 ** (-(asOf - publishedAt) / HALF_LIFE_MS);
    weights += weight;
    tones += weight * stored.tone.score;
    stories += 1;
  }
  return { tone: weights === 0 ? 0 : tones / weights, stories };
}
