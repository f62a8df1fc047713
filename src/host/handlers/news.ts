import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import { unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { ItemReaders } from '#core/news/read-items.ts';
import type { NewsReading, ReadItem } from '#core/news/types.ts';
import type { StoredSource } from '#core/ports/news-store.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { NewsItemView, NewsShow, NewsSourceView, newsContract } from '#shared/contract/news.ts';
import { storedNews } from '../news/market-news.ts';
import { createNewsDesk } from '../news/news-desk.ts';
import { readSentiment } from '../news/sentiment-file.ts';
import { trainFromFile } from '../news/train.ts';
import type { EngineParts } from '../parts.ts';

type NewsHandlers = Pick<AppHandlers, keyof typeof newsContract>;

const MINUTE_MS = 60_000;
/** For all items of one intake together; then the words read the rest. */
const READING_MS = 600_000;
/** Articles of one intake that the chat model reads; each takes seconds. */
const CHAT_ARTICLES = 20;
/** Of a moment of the past the items of so long before it are shown. */
const SHOWN_MS = 7 * 86_400_000;
/** Looked through for those that are to be shown. */
const LOOKED_AT = 2_000;

export function createNewsHandlers(parts: EngineParts, sentimentFile: string): NewsHandlers {
  const { storage, models, instruments, promptParts, newsRuns, logger } = parts;
  const store = storage.news;

  async function readers(): Promise<ItemReaders> {
    const embedder = models.embedder();
    const classifier = embedder === undefined ? undefined : keptSentiment();
    const chat = await models.choose(undefined);
    const status = chat?.inference.status();
    const prompt = promptParts.get('news-reader');
    return {
      deadlineMs: READING_MS,
      ...(embedder === undefined ? {} : { embedder }),
      ...(classifier === undefined ? {} : { classifier }),
      ...(chat === undefined || status?.kind !== 'ready' || prompt === undefined
        ? {}
        : { chat: { inference: chat.inference, system: prompt.text, hash: status.hash, most: CHAT_ARTICLES } }),
    };
  }

  /** Damaged weights must not keep news from being read; the words read them, and each item says so. */
  function keptSentiment() {
    try {
      return readSentiment(sentimentFile);
    } catch (error) {
      const why = error instanceof Fault ? error.message : 'unknown';
      logger.warn('the trained reader of tones is not available', { why });
      return undefined;
    }
  }

  const desk = createNewsDesk({
    store,
    readers,
    fetchLike: (url, init) => fetch(url, init),
    offline: () => (process.env['MT_OFFLINE'] === '1' ? 'this machine is set offline (MT_OFFLINE=1)' : undefined),
    now: Date.now,
  });
  const sources = (): NewsSourceView[] => store.sources().map(sourceView);

  return {
    'news.sources': sources,
    'news.add': ({ name, url, weight }) => sourceView(desk.add(name, url, weight)),
    'news.remove'({ name }) {
      desk.remove(name);
      return sources();
    },
    'news.fetch': async ({ name }) => [...(await desk.fetch(name))],
    'news.import': ({ path, name, weight, delayMinutes }) =>
      desk.import({ path, name, weight, delayMs: delayMinutes * MINUTE_MS }),
    'news.show'({ instrument: symbol, at, limit, quarantined }): NewsShow {
      const instrument = instrumentFor(symbol, instruments);
      const moment = unixMs(at ?? Date.now());
      const followed = store.sources().length > 0;
      const candidates =
        at === undefined
          ? store.newest(LOOKED_AT)
          : store.known(unixMs(Math.max(0, moment - SHOWN_MS)), moment).toReversed();
      const shown = candidates.filter(({ item }) => item.quarantined === quarantined).slice(0, limit);
      return {
        reading: readingView(storedNews(store, instrument.base).at(moment), symbol, followed),
        items: shown.map((read) => itemView(read, newsRuns.readersOf(read.item))),
        counts: store.counts(),
        runsLookedAt: newsRuns.lookedAt(),
      };
    },
    async 'models.trainSentiment'({ path }) {
      const embedder = models.embedder();
      if (embedder === undefined)
        throw new Fault(
          'not_found',
          'no embedding model is chosen',
          'take one over with mt models import FILE, then mt models use NAME',
        );
      return trainFromFile({ path, embedder, weightsFile: sentimentFile, now: Date.now });
    },
  };
}

const sourceView = ({ name, url, owner, weight, items, fetchedAt, fault }: StoredSource): NewsSourceView => ({
  name,
  url: url ?? null,
  owner,
  weight,
  items,
  fetchedAt: fetchedAt ?? null,
  fault: fault ?? null,
});

const readingView = (reading: NewsReading, instrument: string, followed: boolean): NewsShow['reading'] => ({
  asOf: reading.asOf,
  instrument,
  followed,
  items: reading.items,
  sources: reading.sources,
  sentiment: reading.sentiment,
  change: reading.change,
  risk: reading.risk,
  event: reading.event === undefined ? null : { ...reading.event },
  fearGreed: reading.fearGreed ?? null,
  silenced: reading.silenced === true,
  hash: reading.hash,
});

const itemView = ({ item, tone }: ReadItem, readIn: NewsItemView['readIn']): NewsItemView => ({
  id: item.id,
  source: item.source,
  publishedAt: item.publishedAt ?? null,
  retrievedAt: item.retrievedAt,
  imported: item.imported,
  title: item.title,
  body: item.body,
  url: item.url,
  assets: [...item.assets],
  signs: [...item.signs],
  quarantined: item.quarantined,
  removed: item.removed,
  tone: tone.tone,
  score: tone.score,
  readBy: tone.by,
  readIn,
  driving: tone.driving.map(({ word, score, turnedBy }) => ({
    word: word.slice(0, 60),
    score,
    turnedBy: turnedBy?.slice(0, 60) ?? null,
  })),
});
