import { payloadOf } from '#core/cycle/records.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { NEWS_WINDOW_MS } from '#core/news/speaking-against.ts';
import { itemMark, knownAt, type NewsItem } from '#core/news/types.ts';
import type { NewsItemView, NewsShow } from '#shared/contract/news.ts';

type NewsRun = {
  readonly cycle: number;
  readonly runId: string;
  readonly at: number;
  /** Marks of the items that it counted; undefined where its record does not name them. */
  readonly items: ReadonlySet<string> | undefined;
};

/** Which runs read which items, as the journal tells it. */
export type NewsRuns = {
  /** Takes in a record; each of them once, in order. */
  note(record: JournalRecord): void;
  readersOf(item: NewsItem): NewsItemView['readIn'];
  /** How many runs are looked through, and whether there were older ones. */
  lookedAt(): NewsShow['runsLookedAt'];
};

/** Older runs are not looked through: what they read is still in their records. */
const MOST_RUNS = 500;
const MOST_NAMED = 20;
/** A reading counts copies of a story for so long. */
const COUNTED_MS = 2 * NEWS_WINDOW_MS;

export function createNewsRuns(): NewsRuns {
  /** The newest first. */
  const runs: NewsRun[] = [];
  let older = false;
  return {
    note(record) {
      if (record.type !== 'news.read') return;
      const { items } = payloadOf(record, 'news.read');
      const { cycle, runId, ts } = record;
      runs.unshift({ cycle, runId, at: ts, items: items === undefined ? undefined : new Set(items) });
      older ||= runs.length > MOST_RUNS;
      runs.length = Math.min(runs.length, MOST_RUNS);
    },
    lookedAt: () => ({ count: runs.length, older }),
    readersOf(item) {
      const mark = itemMark(item.id);
      const known = knownAt(item);
      const named = runs.filter(({ items }) => items?.has(mark) === true);
      const mayHave = ({ items, at }: NewsRun): boolean =>
        items === undefined && known !== undefined && known <= at && known > at - COUNTED_MS;
      return {
        runs: named.slice(0, MOST_NAMED).map(({ cycle, runId, at }) => ({ cycle, runId, at })),
        more: Math.max(0, named.length - MOST_NAMED),
        notKept: item.quarantined ? 0 : runs.filter(mayHave).length,
      };
    },
  };
}
