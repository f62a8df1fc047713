import { z } from 'zod';

/**
 * What the model's process can do with files besides loading one. Reading an unknown GGUF is done there and not in the engine: a
 * file from outside may be made to break whoever reads it. One process does one task and ends.
 */
const path = z.string().min(1).max(4096);
const bytes = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const fileTask = z.discriminatedUnion('do', [
  /** Looks at a model file, hashes it while reading it, and copies it where `to` names a place. */
  z.strictObject({ do: z.literal('adopt'), path, to: path.nullable(), contextSize: z.int().positive() }),
  /** Brings a file from an address into a folder. What is there of it already is not brought again. */
  z.strictObject({
    do: z.literal('download'),
    url: z.url().max(2048),
    folder: path,
    fileName: z.string().regex(/^[\w.-]{1,100}$/),
    /** So much may be written; a larger file is refused before anything is. */
    mostBytes: bytes,
  }),
]);
export type FileTask = z.infer<typeof fileTask>;

/** What a GGUF file says of itself, and what the library makes of it. */
export const modelFacts = z.strictObject({
  architecture: z.string().max(100),
  /** As the file calls itself; often nothing useful. */
  title: z.string().max(200),
  use: z.enum(['generate', 'embed']),
  /** Tokens that it was trained to hold at once; null where the file does not say. */
  contextLength: bytes.nullable(),
  parameters: bytes,
  quantisation: z.string().max(40),
  /** Weights and a context of the size that is used here; an estimate of the library. */
  memoryBytes: bytes,
  license: z.string().max(200).nullable(),
});
export type ModelFacts = z.infer<typeof modelFacts>;

export const taskResult = z.discriminatedUnion('did', [
  z.strictObject({ did: z.literal('adopt'), sha256, bytes, facts: modelFacts }),
  z.strictObject({ did: z.literal('download'), path, bytes }),
]);
export type TaskResult = z.infer<typeof taskResult>;

export const taskMessages = {
  progress: z.strictObject({ kind: z.literal('task_progress'), done: bytes, total: bytes }),
  done: z.strictObject({ kind: z.literal('task_done'), result: taskResult }),
  failed: z.strictObject({ kind: z.literal('task_failed'), why: z.string().min(1).max(500) }),
} as const;
