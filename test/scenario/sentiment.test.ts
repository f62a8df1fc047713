import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readItems } from '#core/news/read-items.ts';
import type { LlamaEmbedderProcess } from '#host/models/embedding-process.ts';
import { readSentiment } from '#host/news/sentiment-file.ts';
import { labelledRows, trainFromFile } from '#host/news/train.ts';
import type { SentimentReportView } from '#shared/contract/news.ts';
import { startEmbedder } from '#test/support/llama.ts';
import { newsItem } from '#test/support/news-builders.ts';
import { modelFile, newsFile, notRunWithoutShared } from '#test/support/shared-material.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/**
 * Embedding a headline takes 10 to 80 ms, so the sets are thinned evenly; `MT_SENTIMENT=all` takes all of them. Nothing is tuned on what is
 * tested: rate, weight decay and epochs are the same for both sets, and the weights are thrown away with the folder.
 */
const ALL = process.env['MT_SENTIMENT'] === 'all';
const SETS = [
  {
    name: 'Financial PhraseBank',
    file: 'financial-phrasebank-50agree.csv.gz',
    most: 4_000,
    split: 'groups',
    least: 0.75,
  },
  { name: 'bitcoin news 2021-2024', file: 'bitcoin-news-2021-2024.csv.gz', most: 4_000, split: 'time', least: 0.7 },
] as const;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function print(name: string, report: SentimentReportView): void {
  const rows = report.confusion.map(
    (row, index) => `  ${(report.tones[index] ?? '').padEnd(9)}${row.map((n) => String(n).padStart(6)).join('')}`,
  );
  console.log(
    `${name}: split by ${report.split}, trained ${report.trained}, tested ${report.tested}, copies left out ${report.purged}\n` +
      `  is \\ read${report.tones.map((tone) => tone.slice(0, 5).padStart(6)).join('')}\n${rows.join('\n')}\n` +
      `  classifier ${percent(report.accuracy)} (95 %: ${percent(report.interval.low)} to ${percent(report.interval.high)}), ` +
      `lexicon ${percent(report.lexicon)}, commonest label ${percent(report.majority)}`,
  );
}

const notRun = notRunWithoutShared('the classifier of tones on labelled news');

describe.runIf(!notRun)('the classifier of tones', () => {
  const folder = tempFolder('mt-sentiment');
  let embedder: LlamaEmbedderProcess;
  beforeAll(() => {
    ({ embedder } = startEmbedder(modelFile('all-minilm-l6-v2-q8_0.gguf')));
  });
  afterAll(async () => {
    await embedder.dispose();
    folder.remove();
  });

  it.each(SETS)(
    'reaches $least on $name, and beats the words and the commonest label',
    async ({ name, file, most, split, least }) => {
      const path = join(folder.path, `${split}.csv`);
      writeFileSync(path, thinned(gunzipSync(readFileSync(newsFile(file))).toString(), most));
      const weightsFile = join(folder.path, `${split}.json`);
      const report = await trainFromFile({ path, embedder, weightsFile, now: () => 0 });
      print(name, report);
      expect(report).toMatchObject({ split, kept: true, skipped: 0 });
      expect(report.tested).toBeGreaterThan(800);
      expect(report.accuracy).toBeGreaterThanOrEqual(least);
      expect(report.accuracy).toBeGreaterThan(report.lexicon);
      expect(report.accuracy).toBeGreaterThan(report.majority);
      // What was kept reads, and says so.
      const weights = readSentiment(weightsFile);
      const { items } = await readItems([newsItem('Bitcoin price falls sharply as traders panic').item], {
        embedder,
        ...(weights === undefined ? {} : { classifier: weights }),
        deadlineMs: 60_000,
      });
      expect(items[0]?.tone).toMatchObject({ tone: 'negative', by: 'classifier', reader: weights?.hash });
    },
    3_600_000,
  );
});

/** Every n-th row, so that all of the time is there. */
function thinned(text: string, most: number): string {
  const { rows } = labelledRows('the set', text);
  const step = ALL ? 1 : Math.max(1, rows.length / most);
  const kept = Array.from({ length: Math.floor(rows.length / step) }, (_, index) => rows[Math.floor(index * step)]);
  const lines = kept.flatMap((row) =>
    row === undefined ? [] : [`${row.at ?? ''},"${row.text.replaceAll('"', '""')}",${row.label}`],
  );
  return `timestamp,text,label\n${lines.join('\n')}\n`;
}
