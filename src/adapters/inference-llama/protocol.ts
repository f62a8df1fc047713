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

export const toWorkerMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('load'),
    modelPath: z.string().min(1),
    contextSize: z.int().positive(),
    threads: z.int().positive(),
  }),
  z.strictObject({ kind: z.literal('ask'), id, request }),
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
  }),
  z.strictObject({ kind: z.literal('load_failed'), why }),
  z.strictObject({
    kind: z.literal('answer'),
    id,
    text: z.string().max(64_000),
    tokens: z.int().nonnegative(),
    elapsedMs: z.number().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('failed'), id, why }),
  z.strictObject({ kind: z.literal('aborted'), id }),
]);
export type FromWorkerMessage = z.infer<typeof fromWorkerMessage>;
export type AskMessage = z.infer<typeof request>;
