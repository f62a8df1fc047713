import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sha256 } from '#adapters/digest/sha256.ts';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { errorCode } from '#adapters/files/error-code.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { SoftmaxWeights } from '#core/news/softmax.ts';
import { TONES } from '#core/news/types.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Weights with where they come from. They say nothing of single texts: a few hundred numbers for each tone. */
const sentimentFile = z.strictObject({
  version: z.literal(1),
  modelHash: hash,
  dataHash: hash,
  trainedAt: z.int().min(0),
  trained: z.int().min(1),
  tested: z.int().min(1),
  accuracy: z.number(),
  lexicon: z.number(),
  majority: z.number(),
  dimensions: z.int().min(1).max(10_000),
  values: z.array(z.number()),
});
export type SentimentFile = Omit<z.infer<typeof sentimentFile>, 'version'>;

export type TrainedSentiment = { readonly weights: SoftmaxWeights; readonly hash: string; readonly modelHash: string };

/** The weights that are kept, or undefined when none are. Throws Fault `storage` for a file that is none of ours. */
export function readSentiment(path: string): TrainedSentiment | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new Fault('storage', `${path} cannot be read`, 'see that the data folder is yours and can be read');
  }
  const parsed = parse(text);
  if (parsed === undefined)
    throw new Fault('storage', `${path} is damaged`, 'delete it and train again: mt models train-sentiment FILE');
  const { dimensions, values, modelHash } = parsed;
  return {
    weights: { dimensions, classes: TONES.length, values: Float64Array.from(values) },
    hash: sha256(text),
    modelHash,
  };
}

function parse(text: string): SentimentFile | undefined {
  try {
    const file = sentimentFile.parse(JSON.parse(text));
    return file.values.length === TONES.length * (file.dimensions + 1) ? file : undefined;
  } catch {
    return undefined;
  }
}

export const writeSentiment = (path: string, file: SentimentFile): void =>
  writeFileAtomic(path, `${JSON.stringify({ version: 1, ...file })}\n`);
