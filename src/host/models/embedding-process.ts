import { performance } from 'node:perf_hooks';
import { LONGEST_TEXT, MOST_TEXTS } from '#adapters/inference-llama/protocol.ts';
import { unpackVector } from '#adapters/inference-llama/vector-bytes.ts';
import type { Embedder, EmbeddingReply } from '#core/ports/embedding.ts';
import type { ModelStatus } from '#core/ports/inference.ts';
import { createModelProcess, type ModelProcessOptions } from './model-process.ts';

export type LlamaEmbedderProcess = Embedder & {
  /** Starts the model now and waits until it is ready or has failed. */
  ready(): Promise<ModelStatus>;
};

/** What embedding models of this size read at most; a larger context would only cost memory. */
const CONTEXT_SIZE = 512;

/** A local embedding model behind the port, supervised like a language model, in a process of its own. */
export function createLlamaEmbedder(options: ModelProcessOptions): LlamaEmbedderProcess {
  const process = createModelProcess({ contextSize: CONTEXT_SIZE, ...options }, 'embed');

  /** The vectors of at most MOST_TEXTS texts. */
  async function part(texts: readonly string[], deadlineMs: number): Promise<EmbeddingReply> {
    const cut = texts.map((text) => text.slice(0, LONGEST_TEXT));
    const reply = await process.run((session) => session.embed(cut), deadlineMs);
    if (reply.kind !== 'vectors') return reply;
    const vectors = reply.vectors.flatMap((text) => unpackVector(text) ?? []);
    const length = vectors[0]?.length;
    if (vectors.length !== texts.length || vectors.some((vector) => vector.length !== length))
      return { kind: 'failed', why: 'the model gave vectors that do not fit the texts' };
    return { kind: 'vectors', vectors, elapsedMs: reply.elapsedMs };
  }

  return {
    status: () => process.status(),
    ready: () => process.ready(),
    dispose: () => process.dispose(),
    async embed(texts, deadlineMs) {
      const startedAt = performance.now();
      const vectors: Float32Array[] = [];
      let elapsedMs = 0;
      for (let at = 0; at < texts.length; at += MOST_TEXTS) {
        const left = deadlineMs - (performance.now() - startedAt);
        if (left <= 0) return { kind: 'late', why: `no answer within ${deadlineMs} ms` };
        const reply = await part(texts.slice(at, at + MOST_TEXTS), left);
        if (reply.kind === 'late') return { kind: 'late', why: `no answer within ${deadlineMs} ms` };
        if (reply.kind === 'failed') return reply;
        vectors.push(...reply.vectors);
        elapsedMs += reply.elapsedMs;
      }
      return { kind: 'vectors', vectors, elapsedMs };
    },
  };
}
