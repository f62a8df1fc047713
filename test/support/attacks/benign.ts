import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sha256 } from '#adapters/digest/sha256.ts';
import { parseNews } from '#adapters/feed-news/parse-news.ts';
import { FILE_BOUNDS } from '#adapters/feed-news/types.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { acceptItem } from '#core/news/accept-item.ts';
import type { RawNewsItem } from '#core/news/types.ts';
import { newsFile, sharedPresent } from '../shared-material.ts';

export type BenignFlags = { readonly what: string; readonly n: number; readonly flagged: number };

const GENERATED = 1_000;
const NOW = unixMs(Date.UTC(2025, 0, 1));

const WHO = ['Bitcoin', 'ETH', 'The SEC', 'BlackRock', 'A Danish bank', 'Özgür Güneri', 'Miner no. 7', 'BTC/USDT'];
const DOES = [
  'ignores the noise of',
  'overrides an earlier vote on',
  'reports',
  'sets a date for',
  'sells 5 % of',
  'answers critics of',
  'forgets',
  'buys',
];
const WHAT = [
  'its Q3 results',
  'new rules (MiCA)',
  'the 0x protocol',
  'a $3.5bn deal',
  'risk: medium',
  'all previous filings',
  'the system upgrade',
  'naïve café owners',
];

/** Honest headlines that hold words and letters which attacks hold as well. */
function generated(seed: number): readonly RawNewsItem[] {
  const rng = createRng(seed).fork('benign');
  const of = (list: readonly string[]): string => list[rng.integer(list.length)] ?? '';
  return Array.from({ length: GENERATED }, () => ({
    externalId: '',
    title: `${of(WHO)} ${of(DOES)} ${of(WHAT)}, ${rng.integer(100)}.${rng.integer(10)} %`,
    body: '',
    url: '',
    publishedAt: unixMs(NOW - 3_600_000),
    hidden: { text: '', parts: 0 },
  }));
}

const flags = (what: string, items: readonly RawNewsItem[]): BenignFlags => {
  const accepted = items.flatMap((raw) => acceptItem(sha256, raw, { source: 'wire', now: NOW }) ?? []);
  return { what, n: accepted.length, flagged: accepted.filter(({ quarantined }) => quarantined).length };
};

/** Real headlines about bitcoin, oldest first; none where they are not at hand. */
export function realHeadlines(): readonly RawNewsItem[] {
  if (!sharedPresent) return [];
  const parsed = parseNews(
    gunzipSync(readFileSync(newsFile('bitcoin-news-2021-2024.csv.gz'))).toString('utf8'),
    FILE_BOUNDS,
  );
  return parsed.kind === 'items' ? parsed.items : [];
}

/** How many honest headlines the hygiene takes for attacks. Of the real ones none where they are not at hand. */
export const benignFlags = (seed: number): readonly BenignFlags[] => [
  flags('made here with words of attacks', generated(seed)),
  flags('real ones about bitcoin', realHeadlines()),
];
