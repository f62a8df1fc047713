import { type UnixMs, unixMs } from '../domain/ids.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import type { StoredItem } from '../ports/news-store.ts';
import { looksTamperedWith } from './anomaly.ts';
import { concerns } from './assets.ts';
import {
  EVENT_TONE,
  HALF_LIFE_MS,
  inBadMood,
  NEWS_WINDOW_MS,
  type Owners,
  tellByOwner,
  tellersAt,
} from './speaking-against.ts';
import { type CountedItem, knownBefore, tellStories } from './stories.ts';
import {
  type FearGreedDay,
  itemMark,
  type NewsReading,
  type NewsRisk,
  type NewsSource,
  type TracedNewsReader,
  type TracedReading,
} from './types.ts';

export type NewsReaderInput = {
  readonly digest: Digest;
  /** The asset that is traded; items that name others alone are left out. */
  readonly base: string;
  readonly items: readonly StoredItem[];
  readonly sources: readonly NewsSource[];
  readonly fearGreed: readonly FearGreedDay[];
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EVENT_OWNERS = 2;
const EVENT_SPAN_MS = 24 * HOUR_MS;
/** A bad event forbids entries so long; a good one halves them while the first move may still turn round. */
const BAD_EVENT_MS = 12 * HOUR_MS;
const GOOD_EVENT_MS = 3 * HOUR_MS;
/** An index that stopped coming says nothing about today. */
const FEAR_GREED_STALE_MS = 7 * DAY_MS;
const DIGITS = 10;

type Story = {
  readonly members: readonly CountedItem[];
  readonly publishedAt: UnixMs;
  readonly tone: number;
  readonly weight: number;
  readonly owners: number;
  /** When the second independent source was known; undefined before. */
  readonly confirmedAt?: UnixMs;
};

/**
 * Readings of what is given. Each moment sees only what was published and here by then, in an order and in stories that nothing later
 * changes; so a reading of the past stays what it was, whatever arrives.
 */
export function createNewsReader(input: NewsReaderInput): TracedNewsReader {
  const told = tellStories(input.items, input.sources);
  const arrivals = told.map(({ knownAt, stored }) => ({ knownAt, quarantined: stored.item.quarantined }));
  const counted = told.filter(({ stored: { item } }) => !item.quarantined && concerns(item.assets, input.base));

  const owners = tellByOwner(
    counted.map(({ stored }) => stored),
    input.sources,
  );

  const storiesAt = (asOf: UnixMs): readonly Story[] => {
    const members = new Map<number, CountedItem[]>();
    for (let i = knownBefore(counted, asOf) - 1; i >= 0; i--) {
      const item = counted[i] as CountedItem;
      // Twice the window: the first print of a story that is still being copied may be that old.
      if (item.knownAt <= asOf - 2 * NEWS_WINDOW_MS) break;
      const list = members.get(item.story);
      if (list === undefined) members.set(item.story, [item]);
      else list.unshift(item);
    }
    return [...members.values()]
      .map((list) => storyOf(list, asOf))
      .filter(({ publishedAt }) => publishedAt > asOf - NEWS_WINDOW_MS);
  };

  const traced = (asOf: UnixMs): TracedReading => {
    const stories = storiesAt(asOf);
    const silenced = looksTamperedWith(arrivals, asOf);
    const mood = meanTone(stories);
    const change = mood - meanTone(storiesAt(unixMs(Math.max(0, asOf - DAY_MS))));
    const event = silenced ? undefined : newestEvent(stories, asOf);
    const members = stories.flatMap((story) => story.members);
    const fearGreed = lastCompletedDay(input.fearGreed, asOf);
    const content: Omit<NewsReading, 'hash'> = {
      asOf,
      items: members.length,
      sources: new Set(members.map(({ source }) => source.name)).size,
      sentiment: silenced ? 0 : rounded(mood),
      change: silenced ? 0 : rounded(change),
      // What speaks against an entry stands all the same: a flood must not be a way to silence a warning.
      risk: riskOf(counted, owners, asOf),
      ...(event === undefined ? {} : { event }),
      ...(fearGreed === undefined ? {} : { fearGreed }),
      ...(silenced ? { silenced: true as const } : {}),
    };
    const read = members
      .map(({ stored: { item, tone }, source }) => ({
        id: item.id,
        weight: source.weight,
        owner: source.owner,
        score: tone.score,
        by: tone.by,
        reader: tone.reader,
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const reading = { ...content, hash: hashOf(input.digest, 'news-reading', { base: input.base, content, read }) };
    return { reading, items: members.map(({ stored }) => itemMark(stored.item.id)).toSorted() };
  };
  return { at: (asOf) => traced(asOf).reading, traced };
}

/** One story as it stood: each owner speaks once, with its first word, so that repeating oneself adds nothing. */
function storyOf(members: readonly CountedItem[], asOf: UnixMs): Story {
  const firsts = new Map<string, CountedItem>();
  for (const item of members) if (!firsts.has(item.source.owner)) firsts.set(item.source.owner, item);
  const voices = [...firsts.values()];
  const total = voices.reduce((sum, { source }) => sum + source.weight, 0);
  const tone = voices.reduce((sum, { source, stored }) => sum + source.weight * stored.tone.score, 0);
  const publishedAt = unixMs(Math.min(...members.map((item) => item.publishedAt)));
  const confirmedAt = voices[EVENT_OWNERS - 1]?.knownAt;
  return {
    members,
    publishedAt,
    tone: total === 0 ? 0 : tone / total,
    weight: Math.max(...voices.map(({ source }) => source.weight)) * 2 ** (-(asOf - publishedAt) / HALF_LIFE_MS),
    owners: voices.length,
    ...(confirmedAt === undefined ? {} : { confirmedAt }),
  };
}

function meanTone(stories: readonly Story[]): number {
  const total = stories.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : stories.reduce((sum, { weight, tone }) => sum + weight * tone, 0) / total;
}

const isEvent = ({ confirmedAt, tone }: Story): boolean => confirmedAt !== undefined && Math.abs(tone) >= EVENT_TONE;

function newestEvent(stories: readonly Story[], asOf: UnixMs): NewsReading['event'] {
  const newest = stories
    .filter((story) => isEvent(story) && story.publishedAt > asOf - EVENT_SPAN_MS)
    .toSorted((a, b) => (b.confirmedAt ?? 0) - (a.confirmedAt ?? 0) || a.tone - b.tone)[0];
  return newest && { tone: newest.tone > 0 ? 'good' : 'bad', publishedAt: newest.publishedAt, sources: newest.owners };
}

function riskOf(counted: readonly CountedItem[], owners: Owners, asOf: UnixMs): NewsRisk {
  if (tellersAt(counted, asOf, -1, BAD_EVENT_MS) >= EVENT_OWNERS) return 'high';
  const halves = tellersAt(counted, asOf, 1, GOOD_EVENT_MS) >= EVENT_OWNERS || inBadMood(owners, asOf);
  return halves ? 'medium' : 'low';
}

/** The index of a day is made during it: before its end it knows what nobody does. */
function lastCompletedDay(days: readonly FearGreedDay[], asOf: UnixMs): number | undefined {
  let best: FearGreedDay | undefined;
  for (const day of days) {
    const complete =
      day.day + DAY_MS <= asOf && day.retrievedAt <= asOf && day.day + DAY_MS > asOf - FEAR_GREED_STALE_MS;
    if (complete && (best === undefined || day.day > best.day)) best = day;
  }
  return best?.value;
}

/** Digits that no machine's last bits reach; adding zero turns minus zero into zero. */
const rounded = (value: number): number => Number(value.toPrecision(DIGITS)) + 0;
