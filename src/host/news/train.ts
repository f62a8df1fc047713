import { sha256 } from '#adapters/digest/sha256.ts';
import { readTextFile } from '#adapters/feed-file/read-text-file.ts';
import { csvRows } from '#adapters/feed-news/csv-rows.ts';
import { parseNewsDate } from '#adapters/feed-news/parse-date.ts';
import { Fault } from '#core/kernel/fault.ts';
import { deservesToRead, type LabelledText, splitLabelled, trainSentiment } from '#core/news/train-sentiment.ts';
import { TONES, type Tone } from '#core/news/types.ts';
import type { Embedder } from '#core/ports/embedding.ts';
import { wilsonInterval } from '#core/statistics/wilson.ts';
import type { SentimentReportView } from '#shared/contract/news.ts';
import { writeSentiment } from './sentiment-file.ts';

/** Fewer texts cannot be split into something to learn from and something to be tested on. */
const LEAST_TEXTS = 200;
const MOST_TEXTS = 100_000;
const LONGEST_TEXT = 5_000;
/** Texts a minute on a slow and busy machine; nobody waits longer than an hour. */
const EMBED_MS = 3_500_000;

type Row = Omit<LabelledText, 'vector'>;

/** Words by which others name the three tones. */
const LABELS: Readonly<Record<string, Tone>> = {
  negative: 'negative',
  bearish: 'negative',
  bad: 'negative',
  '-1': 'negative',
  neutral: 'neutral',
  '0': 'neutral',
  positive: 'positive',
  bullish: 'positive',
  good: 'positive',
  '1': 'positive',
};

/** Reads labelled texts. Rows without a text or a known label are left out and counted. Throws Fault `bad_data`. */
export function labelledRows(path: string, text: string): { readonly rows: readonly Row[]; readonly skipped: number } {
  const { rows } = csvRows(text, MOST_TEXTS + 1, LONGEST_TEXT);
  const header = rows[0]?.map((name) => name.trim().toLowerCase()) ?? [];
  const place = (...names: readonly string[]): number => header.findIndex((name) => names.includes(name));
  const [textAt, labelAt, timeAt] = [
    place('text', 'title', 'headline'),
    place('label', 'sentiment'),
    place('timestamp', 'date'),
  ];
  if (textAt < 0 || labelAt < 0)
    throw new Fault(
      'bad_data',
      `${path} has no columns text and label in its first line`,
      'write a header: text,label or timestamp,text,label',
    );
  const kept: Row[] = [];
  for (const row of rows.slice(1)) {
    const label = LABELS[(row[labelAt] ?? '').trim().toLowerCase()];
    const words = (row[textAt] ?? '').trim();
    if (label === undefined || !/\p{L}/u.test(words)) continue;
    const date = timeAt < 0 ? undefined : parseNewsDate(row[timeAt]);
    kept.push({ text: words, label, ...(date?.kind === 'date' ? { at: date.at } : {}) });
  }
  const skipped = rows.length - 1 - kept.length;
  if (kept.length < LEAST_TEXTS)
    throw new Fault(
      'bad_data',
      `${path} holds ${kept.length} labelled texts; ${LEAST_TEXTS} are needed`,
      'label more texts: negative, neutral or positive',
    );
  if (TONES.some((tone) => !kept.some(({ label }) => label === tone)))
    throw new Fault(
      'bad_data',
      `${path} does not hold all of ${TONES.join(', ')}`,
      'a reader of three tones needs examples of each',
    );
  return { rows: kept, skipped };
}

export type Training = {
  readonly path: string;
  readonly embedder: Embedder;
  /** Where the weights are kept when they deserve it. */
  readonly weightsFile: string;
  readonly now: () => number;
};

/** Embeds, splits, trains and tests; keeps the weights that were tested, and only when they are clearly better than the words. */
export async function trainFromFile({ path, embedder, weightsFile, now }: Training): Promise<SentimentReportView> {
  const text = readTextFile(path);
  const { rows, skipped } = labelledRows(path, text);
  const reply = await embedder.embed(
    rows.map((row) => row.text),
    EMBED_MS,
  );
  const status = embedder.status();
  if (reply.kind !== 'vectors' || status.kind !== 'ready')
    throw new Fault(
      'bad_model',
      `the embedding model did not read the texts: ${reply.kind === 'vectors' ? 'it is gone' : reply.why}`,
      'see mt models ls; a smaller file is read sooner',
    );
  const labelled = rows.map(
    (row, index): LabelledText => ({ ...row, vector: reply.vectors[index] ?? new Float32Array() }),
  );
  const { weights, report } = trainSentiment(splitLabelled(labelled));
  const dataHash = sha256(text);
  const kept = deservesToRead(report);
  if (kept)
    writeSentiment(weightsFile, {
      modelHash: status.hash,
      dataHash,
      trainedAt: now(),
      trained: report.trained,
      tested: report.tested,
      accuracy: report.accuracy,
      lexicon: report.lexicon,
      majority: report.majority,
      dimensions: weights.dimensions,
      values: [...weights.values],
    });
  const right = report.confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const { beats, confusion, ...figures } = report;
  return {
    ...figures,
    model: status.name,
    modelHash: status.hash,
    dataHash,
    skipped,
    tones: [...TONES],
    confusion: confusion.map((row) => [...row]),
    interval: wilsonInterval(right, Math.max(1, report.tested)),
    kept,
    why: kept
      ? `kept: clearly better than the words (${beats.lexicon.toFixed(1)} standard errors) and than the commonest label (${beats.majority.toFixed(1)}); it reads what comes from now on`
      : `not kept: it is not clearly better than the words (${beats.lexicon.toFixed(1)} standard errors) and than the commonest label (${beats.majority.toFixed(1)}); 1.6 of each are needed, on 50 tested texts at least`,
  };
}
