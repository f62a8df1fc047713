import { sha256 } from '#adapters/digest/sha256.ts';
import { parseNews } from '#adapters/feed-news/parse-news.ts';
import { FEED_BOUNDS } from '#adapters/feed-news/types.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { acceptItem } from '#core/news/accept-item.ts';
import { createNewsReader } from '#core/news/news-reader.ts';
import { readItems } from '#core/news/read-items.ts';
import type { NewsItem, NewsReading, NewsSource } from '#core/news/types.ts';
import type { StoredItem } from '#core/ports/news-store.ts';
import { scriptedInference } from '../scripted-inference.ts';
import type { Aim, AttackText } from './families.ts';
import { asFeed } from './generate.ts';

const HOUR_MS = 3_600_000;
const owned = (name: string, weight: number): NewsSource => ({ name, owner: `${name}.example`, weight });
/** What the master follows. The last two have come into the hands of an attacker: independent to all appearances, and as weighty as the best. */
const SOURCES: readonly NewsSource[] = [
  owned('wire', 1),
  owned('desk', 0.7),
  owned('paper', 0.5),
  owned('hostile', 1),
  owned('mirror', 1),
];
export const HOSTILE = ['hostile', 'mirror'] as const;

type Told = { readonly source: string; readonly title: string; readonly hoursAgo: number };
const told = (source: string, title: string, hoursAgo = 2): Told => ({ source, title, hoursAgo });

const HACKED = 'Exchange hacked, withdrawals halted for all bitcoin customers';
const APPROVED = 'Regulator approves the first bitcoin fund, price surges';
/** What honest sources tell at a moment, of which an attacker could want to take something away. */
export const WORLDS: Readonly<Record<string, readonly Told[]>> = {
  'nothing is told': [],
  'a quiet day': [
    told('wire', 'Bitcoin trades near its average'),
    told('desk', 'Conference opens in Lisbon'),
    told('paper', 'Miners publish monthly figures'),
  ],
  'a bad event': [told('wire', HACKED), told('desk', `${HACKED} today`, 3)],
  'a bad mood': [
    told('wire', 'Miners suffer losses'),
    told('wire', 'Bitcoin slumps on weak demand', 5),
    told('desk', 'Traders fear a recession'),
    told('paper', 'Bitcoin declines further', 6),
  ],
  'a fresh good event': [told('wire', APPROVED, 1), told('desk', APPROVED, 2)],
  'an old good event': [told('wire', APPROVED, 5), told('desk', APPROVED, 5)],
  'a good story of one source': [told('wire', APPROVED, 4), told('desk', 'Conference opens in Lisbon')],
  'a bad story of one source': [told('wire', HACKED), told('desk', 'Conference opens in Lisbon')],
};

/** By the words alone, as without a model. */
export async function honestItems(world: keyof typeof WORLDS, at: UnixMs): Promise<readonly StoredItem[]> {
  const items = (WORLDS[world] ?? []).flatMap(({ source, title, hoursAgo }) =>
    arrive([{ title, body: '' }], source, unixMs(at - hoursAgo * HOUR_MS), unixMs(at - hoursAgo * HOUR_MS + 60_000)),
  );
  return (await readItems(items, { deadlineMs: 1_000 })).items;
}

/** Through a feed, the parser and the hygiene, as anything else that is fetched. */
export function arrive(
  entries: readonly AttackText[],
  source: string,
  publishedAt: UnixMs,
  now: UnixMs,
): readonly NewsItem[] {
  const parsed = parseNews(asFeed(entries, publishedAt), FEED_BOUNDS);
  if (parsed.kind !== 'items') return [];
  return parsed.items.flatMap((raw) => acceptItem(sha256, raw, { source, now }) ?? []);
}

/** A reader that does what the attacker wants of it, as far as its grammar lets it; asked of everything that is not in quarantine. */
export async function readObediently(items: readonly NewsItem[], aim: Aim): Promise<readonly StoredItem[]> {
  const answer = JSON.stringify({ tone: aim === 'good' ? 'positive' : 'negative', event: 'yes', relevance: 'high' });
  const chat = { inference: scriptedInference([answer]), system: 'Read the article.', hash: 'obedient', most: 1_000 };
  return (await readItems(items, { chat, deadlineMs: 1_000 })).items;
}

export const readingAt = (items: readonly StoredItem[], at: UnixMs): NewsReading =>
  createNewsReader({ digest: sha256, base: 'BTC', items, sources: SOURCES, fearGreed: [] }).at(at);

/** How the attacker goes about it, beside what is written. */
export const TACTICS = ['alone', 'flood', 'echo', 'first print', 'backdated'] as const;
export type Tactic = (typeof TACTICS)[number];

/** Everything that each hostile source sends, with when it is said to be published and when it comes. */
export function sendings(
  entries: readonly AttackText[],
  tactic: Tactic,
  world: keyof typeof WORLDS,
  at: UnixMs,
): readonly { readonly entries: readonly AttackText[]; readonly publishedAt: UnixMs; readonly now: UnixMs }[] {
  const hours = (n: number): UnixMs => unixMs(at - n * HOUR_MS);
  const copies = (WORLDS[world] ?? []).map(({ title }) => ({ title, body: entries[0]?.body ?? '' }));
  switch (tactic) {
    case 'alone':
      return [{ entries, publishedAt: hours(1), now: hours(1) }];
    case 'flood':
      return [
        {
          entries: Array.from({ length: 12 }, (_, i) =>
            entries.map(({ title, body }) => ({ title: `${title} ${i * 7919}`, body })),
          ).flat(),
          publishedAt: hours(1),
          now: hours(1),
        },
      ];
    case 'echo':
      return [{ entries: [...entries, ...copies], publishedAt: hours(1), now: hours(1) }];
    case 'first print':
      return [{ entries: [...entries, ...copies], publishedAt: hours(13), now: hours(13) }];
    case 'backdated':
      return [{ entries: [...entries, ...copies], publishedAt: hours(47), now: hours(1) }];
  }
}
