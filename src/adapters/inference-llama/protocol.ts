import { z } from 'zod';

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

export const toWorkerMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('load'),
    modelPath: z.string().min(1),
    contextSize: z.int().positive(),
    threads: z.int().positive(),
    use: modelUse.default('generate'),
  }),
  z.strictObject({ kind: z.literal('ask'), id, request }),
  z.strictObject({ kind: z.literal('embed'), id, texts }),
  z.strictObject({ kind: z.literal('abort'), id }),
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
        library: z.string().max(60),
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
    text: z.string().max(64_000),
    tokens: z.int().nonnegative(),
    tokenIds: z.array(z.int().nonnegative()).max(4096).optional(),
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
]);
export type FromWorkerMessage = z.infer<typeof fromWorkerMessage>;
export type AskMessage = z.infer<typeof request>;
