import { z } from 'zod';
import { fileTask, taskMessages } from './file-task.ts';

/**
 * Messages between the supervisor and the model's process. Both sides check what arrives: the process handles a file from
 * outside, and neither side may be taken down by what the other says.
 */
const id = z.int().nonnegative();
const why = z.string().min(1).max(500);

const request = z.strictObject({
  system: z.string().max(64_000),
  user: z.string().max(64_000),
  schema: z.record(z.string(), z.json()),
  seed: z.int().nonnegative(),
  temperature: z.number().min(0).max(2),
  maxTokens: z.int().positive().max(4096),
});

/** What a model is loaded for: a file can do one of the two, never both. */
const modelUse = z.enum(['generate', 'embed']);
export type ModelUse = z.infer<typeof modelUse>;

/** More at once would keep an abort waiting and fill the pipe; the supervisor sends longer lists in parts. */
export const MOST_TEXTS = 32;
/** Beyond what any embedding model reads; longer texts are cut before they are sent. */
export const LONGEST_TEXT = 16_000;
const texts = z.array(z.string().max(LONGEST_TEXT)).min(1).max(MOST_TEXTS);

/** A fixed question by which a model is held against itself: no grammar, a few tokens, and the probabilities behind each. */
const probe = z.strictObject({
  system: z.string().max(4_000),
  user: z.string().max(4_000),
  seed: z.int().nonnegative(),
  temperature: z.number().min(0).max(2),
  tokens: z.int().positive().max(256),
  /** `cold`: a context of its own. `reuse`: the context of the probe before, as far as the beginning of the question is the same. */
  context: z.enum(['cold', 'reuse']),
});
export type ProbeMessage = z.infer<typeof probe>;

/** The most text of one answer, streamed or whole. */
export const LONGEST_ANSWER = 64_000;

export const toWorkerMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('load'),
    modelPath: z.string().min(1),
    contextSize: z.int().positive(),
    threads: z.int().positive(),
    use: modelUse.default('generate'),
  }),
  /** `stream`: the text is also sent piece by piece while it is written. */
  z.strictObject({ kind: z.literal('ask'), id, request, stream: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('probe'), id, probe }),
  z.strictObject({ kind: z.literal('embed'), id, texts }),
  z.strictObject({ kind: z.literal('abort'), id }),
  z.strictObject({ kind: z.literal('task'), task: fileTask }),
  z.strictObject({ kind: z.literal('stop') }),
]);
export type ToWorkerMessage = z.infer<typeof toWorkerMessage>;

export const fromWorkerMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('loaded'),
    /** SHA-256 of the model file. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    build: z.string().min(1).max(200),
    runtime: z
      .strictObject({
        nodeLlamaCpp: z.string().max(60),
        llamaCpp: z.string().max(60),
        backend: z.string().max(60),
        threads: z.int().positive(),
        contextSize: z.int().positive(),
        batchSize: z.int().positive(),
        chatFormat: z.string().max(60),
      })
      .optional(),
  }),
  z.strictObject({ kind: z.literal('load_failed'), why }),
  z.strictObject({
    kind: z.literal('answer'),
    id,
    text: z.string().max(LONGEST_ANSWER),
    tokens: z.int().nonnegative(),
    tokenIds: z.array(z.int().nonnegative()).max(4096).optional(),
    elapsedMs: z.number().nonnegative(),
    /** Tokens of the question, and the time until the first token of the answer: what the speed is measured by. */
    promptTokens: z.int().nonnegative().optional(),
    firstTokenMs: z.number().nonnegative().optional(),
  }),
  z.strictObject({ kind: z.literal('text'), id, text: z.string().min(1).max(LONGEST_ANSWER) }),
  z.strictObject({
    kind: z.literal('probed'),
    id,
    text: z.string().max(LONGEST_ANSWER),
    tokens: z.array(z.int().nonnegative()).max(256),
    /** SHA-256 over the probability of every token of the vocabulary at each step: equal only when the arithmetic is equal to the last bit. */
    bits: z.string().regex(/^[0-9a-f]{64}$/),
    promptTokens: z.int().nonnegative(),
    /** Of these, how many a kept context held already; 0 when cold. */
    reusedTokens: z.int().nonnegative(),
    firstTokenMs: z.number().nonnegative(),
    elapsedMs: z.number().nonnegative(),
  }),
  z.strictObject({
    kind: z.literal('vectors'),
    id,
    /** Of each text: 32-bit floats, lowest byte first, as base64: the same bits on both sides of a pipe that carries JSON. */
    vectors: z.array(z.base64().max(100_000)).min(1).max(MOST_TEXTS),
    elapsedMs: z.number().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('failed'), id, why }),
  z.strictObject({ kind: z.literal('aborted'), id }),
  taskMessages.progress,
  taskMessages.done,
  taskMessages.failed,
]);
export type FromWorkerMessage = z.infer<typeof fromWorkerMessage>;
export type AskMessage = z.infer<typeof request>;
