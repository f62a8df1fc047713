import type { ModelStatus } from './inference.ts';

export type EmbeddingReply =
  /** One vector for each text, in order, all of one length and of length 1 (Euclidean). */
  | { readonly kind: 'vectors'; readonly vectors: readonly Float32Array[]; readonly elapsedMs: number }
  | { readonly kind: 'late'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** A local embedding model in its own process. Never throws for anything the model does, and never waits past the deadline. */
export interface Embedder {
  status(): ModelStatus;
  /** Each text alone: what stands beside it in a batch changes nothing. Longer texts than the model reads are cut, and nothing says so. */
  embed(texts: readonly string[], deadlineMs: number): Promise<EmbeddingReply>;
  dispose(): Promise<void>;
}
