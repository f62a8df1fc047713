import { cpus, loadavg } from 'node:os';
import { Fault } from '#core/kernel/fault.ts';
import type { Embedder } from '#core/ports/embedding.ts';
import type { Inference, InferenceRequest } from '#core/ports/inference.ts';
import type { BenchmarkView } from '#shared/contract/models.ts';

const DEADLINE_MS = 600_000;
const TEXTS = 32;

/** A question of the size of the analyst's, whose answer fills its limit. */
const QUESTION: InferenceRequest = {
  system: 'You label weather. Read the lines, then name the label of each of the next hours, one after the other.',
  user: Array.from(
    { length: 8 },
    (_, hour) => `H${hour} rain = ${(hour * 7) % 10} mm, wind = ${(hour * 13) % 40} km/h`,
  ).join('\n'),
  schema: { type: 'array', items: { enum: ['wet', 'dry', 'windy'] }, minItems: 60, maxItems: 64 },
  seed: 1,
  temperature: 0,
  maxTokens: 96,
};

/** Times a language model with `runs` equal questions: how fast it reads, and how fast it writes inside a grammar, as the analyst has it. */
export async function benchmarkLanguage(model: Inference, runs: number, now: () => number): Promise<BenchmarkView> {
  const reading: number[] = [];
  const writing: number[] = [];
  let promptTokens = 0;
  for (let run = 0; run < runs; run += 1) {
    const reply = await model.ask(QUESTION, DEADLINE_MS);
    if (reply.kind !== 'answer')
      throw new Fault('bad_model', `the model did not answer: ${reply.why}`, 'see mt models ls');
    const { promptTokens: read = 0, firstTokenMs = 0, tokens, elapsedMs } = reply;
    promptTokens = read;
    reading.push((1000 * read) / Math.max(firstTokenMs, 1));
    writing.push((1000 * Math.max(tokens - 1, 0)) / Math.max(elapsedMs - firstTokenMs, 1));
  }
  return {
    n: runs,
    readingTokensPerSecond: oneDecimal(median(reading)),
    writingTokensPerSecond: oneDecimal(median(writing)),
    textsPerSecond: null,
    promptTokens,
    conditions: conditionsOf(model),
    at: now(),
  };
}

/** Times an embedding model with `runs` lists of headlines. */
export async function benchmarkEmbedding(model: Embedder, runs: number, now: () => number): Promise<BenchmarkView> {
  const texts = Array.from(
    { length: TEXTS },
    (_, at) => `Headline ${at}: bitcoin moves as funds change their holdings by ${at} %`,
  );
  const speeds: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const reply = await model.embed(texts, DEADLINE_MS);
    if (reply.kind !== 'vectors')
      throw new Fault('bad_model', `the model did not embed: ${reply.why}`, 'see mt models ls');
    speeds.push((1000 * TEXTS) / Math.max(reply.elapsedMs, 1));
  }
  return {
    n: runs,
    readingTokensPerSecond: null,
    writingTokensPerSecond: null,
    textsPerSecond: oneDecimal(median(speeds)),
    promptTokens: 0,
    conditions: conditionsOf(model),
    at: now(),
  };
}

/** Without these the figures say nothing. */
function conditionsOf(model: Pick<Inference, 'status'>): string {
  const status = model.status();
  const build = status.kind === 'ready' ? status.build : 'not ready';
  const processors = cpus();
  return `${build}; ${processors.length} x ${processors[0]?.model.trim() ?? 'unknown processor'}; load ${loadavg()[0]?.toFixed(1) ?? '?'}`.slice(
    0,
    400,
  );
}

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
