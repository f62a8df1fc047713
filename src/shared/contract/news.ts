import { z } from 'zod';
import { call } from './define.ts';
import { shortText, symbolText, unixMsNumber } from './primitives.ts';

const count = z.int().min(0);
const unit = z.number().min(-1).max(1);

/** How a source is called: what stands before each of its items. */
export const newsSourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a source is named in small letters, digits and dashes');
const address = z.string().min(8).max(2_000);
const weight = z.number().min(0).max(1);

export const newsSourceView = z.strictObject({
  name: newsSourceName,
  /** Null for a source that is only imported from files. */
  url: z.string().max(2_000).nullable(),
  owner: z.string().max(300),
  weight,
  items: count,
  fetchedAt: unixMsNumber.nullable(),
  /** Why the last fetch brought nothing; null when it did, or before the first. */
  fault: shortText.nullable(),
});
export type NewsSourceView = z.infer<typeof newsSourceView>;

/** What became of one source or file. */
export const newsIntake = z.strictObject({
  source: z.string().max(300),
  outcome: z.enum(['read', 'unchanged', 'fault']),
  format: z.string().max(20).nullable(),
  /** Of `read`: items of this text, new ones among them, and what was wrong with single ones. */
  items: count,
  added: count,
  known: count,
  undated: count,
  quarantined: count,
  /** Entries that could not be used, the first fifty in words, and entries beyond the most that are read. */
  faults: z.array(z.strictObject({ index: count, why: shortText })).max(50),
  left: count,
  /** Days of the Fear & Greed index. */
  days: count,
  readBy: z.string().max(200).nullable(),
  why: shortText.nullable(),
});
export type NewsIntake = z.infer<typeof newsIntake>;

export const newsItemView = z.strictObject({
  id: z.string().length(64),
  source: z.string().max(300),
  publishedAt: unixMsNumber.nullable(),
  retrievedAt: unixMsNumber,
  imported: z.boolean(),
  /** Plain text by somebody else; shown as text and never as markup. */
  title: z.string().max(300),
  body: z.string().max(4_000),
  url: z.string().max(2_000),
  assets: z.array(z.string().max(10)),
  signs: z.array(z.string().max(40)),
  quarantined: z.boolean(),
  removed: z.strictObject({ invisible: count, tokens: count, hidden: count, cut: count }),
  tone: z.enum(['negative', 'neutral', 'positive']),
  score: unit,
  readBy: z.enum(['lexicon', 'classifier', 'model']),
  /**
   * Runs whose reading counted it, the newest first, and how many more. `notKept`: runs of its time whose records do not say which items they
   * read; each of them may have read it.
   */
  readIn: z.strictObject({
    runs: z.array(z.strictObject({ cycle: z.int(), runId: shortText, at: unixMsNumber })).max(20),
    more: count,
    notKept: count,
  }),
  driving: z.array(
    z.strictObject({ word: z.string().max(60), score: z.number(), turnedBy: z.string().max(60).nullable() }),
  ),
});
export type NewsItemView = z.infer<typeof newsItemView>;

export const newsReadingView = z.strictObject({
  asOf: unixMsNumber,
  instrument: symbolText,
  /** False where no source is followed: then nothing is known, and nothing is made up. */
  followed: z.boolean(),
  items: count,
  sources: count,
  sentiment: unit,
  change: z.number().min(-2).max(2),
  risk: z.enum(['low', 'medium', 'high']),
  event: z.strictObject({ tone: z.enum(['good', 'bad']), publishedAt: unixMsNumber, sources: count }).nullable(),
  fearGreed: z.number().min(0).max(100).nullable(),
  silenced: z.boolean(),
  hash: z.string().max(64),
});

export const newsShow = z.strictObject({
  reading: newsReadingView,
  items: z.array(newsItemView).max(200),
  counts: z.strictObject({ items: count, quarantined: count, undated: count }),
  /** Runs among which `readIn` was looked for; `older` where runs before them are not looked through. */
  runsLookedAt: z.strictObject({ count, older: z.boolean() }),
});
export type NewsShow = z.infer<typeof newsShow>;

export const sentimentReport = z.strictObject({
  model: z.string().max(300),
  modelHash: z.string().length(64),
  dataHash: z.string().length(64),
  split: z.enum(['time', 'groups']),
  trained: count,
  tested: count,
  purged: count,
  skipped: count,
  tones: z.array(z.string()).length(3),
  /** Rows are what the texts are, columns what was read. */
  confusion: z.array(z.array(count).length(3)).length(3),
  accuracy: z.number(),
  interval: z.strictObject({ low: z.number(), high: z.number() }),
  balanced: z.number(),
  lexicon: z.number(),
  majority: z.number(),
  kept: z.boolean(),
  why: shortText,
});
export type SentimentReportView = z.infer<typeof sentimentReport>;

export const newsContract = {
  'news.sources': call('view', z.strictObject({}), z.array(newsSourceView)),
  /** Follows a source, or changes the weight of one. Refuses a name that another address or a file has. Nothing is fetched. */
  'news.add': call(
    'trade',
    z.strictObject({ name: newsSourceName, url: address, weight: weight.default(1) }),
    newsSourceView,
  ),
  /** Its items stay and count no longer. */
  'news.remove': call('trade', z.strictObject({ name: newsSourceName }), z.array(newsSourceView)),
  /** Asks every followed source, or one. The only call that leaves this machine for news, and only when it is pressed. */
  'news.fetch': call(
    'trade',
    z.strictObject({ name: newsSourceName.optional() }),
    z.array(newsIntake).max(200),
    600_000,
  ),
  /** Reads a file of news or of the Fear & Greed index. Its items count from their date and the stated delay on. */
  'news.import': call(
    'trade',
    z.strictObject({
      path: z.string().min(1).max(4096),
      name: newsSourceName,
      weight: weight.default(0.5),
      delayMinutes: z.int().min(0).max(100_000).default(60),
    }),
    newsIntake,
    600_000,
  ),
  /** What the news says about an instrument at a moment, and the newest items. */
  'news.show': call(
    'view',
    z.strictObject({
      instrument: symbolText,
      at: unixMsNumber.optional(),
      limit: z.int().min(1).max(200).default(20),
      quarantined: z.boolean().default(false),
    }),
    newsShow,
    60_000,
  ),
  /** Trains the reader of tones on the master's own labelled texts; keeps it only when it is clearly better than the words. */
  'models.trainSentiment': call(
    'trade',
    z.strictObject({ path: z.string().min(1).max(4096) }),
    sentimentReport,
    3_600_000,
  ),
} as const;
