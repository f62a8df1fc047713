import { basename } from 'node:path';
import { sha256 } from '#adapters/digest/sha256.ts';
import { readTextFile } from '#adapters/feed-file/read-text-file.ts';
import { parseNews } from '#adapters/feed-news/parse-news.ts';
import { FILE_BOUNDS } from '#adapters/feed-news/types.ts';
import type { BacktestNews } from '#core/backtest/run-backtest.ts';
import { unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { hashOf } from '#core/kernel/ids.ts';
import { acceptItem } from '#core/news/accept-item.ts';
import { createNewsReader } from '#core/news/news-reader.ts';
import { byWords } from '#core/news/read-items.ts';
import type { FearGreedDay, NewsSource } from '#core/news/types.ts';
import type { StoredItem } from '#core/ports/news-store.ts';

const DAY_MS = 86_400_000;
/** History counts from ten minutes after its publication on: nobody reads faster than that, and feeds are late. */
const DELAY_MS = 10 * 60_000;
/** Imported history is dated by itself; nothing in it is of later than this. */
const END = unixMs(Date.UTC(2100, 0, 1));

/** Files of news, and of the Fear & Greed index, that a run reads; each file is a source of its own. */
export type NewsFiles = { readonly paths: readonly string[] /** The asset that is traded. */; readonly base: string };

/**
 * The news of these files as they were known at each moment, read by the words of the product. Throws Fault `bad_data` that names the file
 * which holds none. Two files are two sources: events need two of them that tell the same story.
 */
export function loadNews({ paths, base }: NewsFiles): BacktestNews & { readonly sources: number } {
  const items: StoredItem[] = [];
  const sources: NewsSource[] = [];
  const fearGreed: FearGreedDay[] = [];
  for (const path of paths) {
    const parsed = parseNews(readTextFile(path), FILE_BOUNDS);
    if (parsed.kind === 'fault')
      throw new Fault(
        'bad_data',
        `${path} holds no news: ${parsed.why}`,
        'Give RSS, Atom, JSON, or CSV with the columns date and title or text.',
      );
    if (parsed.kind === 'fear_greed') {
      for (const { day, value } of parsed.days) fearGreed.push({ day, value, retrievedAt: unixMs(day + DAY_MS) });
      continue;
    }
    const source = basename(path);
    sources.push({ name: source, owner: source, weight: 1 });
    for (const raw of parsed.items) {
      const item = acceptItem(sha256, raw, { source, now: END, delayMs: DELAY_MS });
      if (item !== undefined) items.push({ item, tone: byWords(item) });
    }
  }
  const reader = createNewsReader({ digest: sha256, base, items, sources, fearGreed });
  const content = {
    base,
    items: items.map(({ item, tone }) => [item.id, tone.score]),
    fearGreed: fearGreed.map(({ day, value }) => [day, value]),
  };
  return { reader, hash: hashOf(sha256, 'run-news', content), sources: sources.length };
}
