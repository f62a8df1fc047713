import { performance } from 'node:perf_hooks';
import type { LlamaEmbeddingContext, LlamaModel } from 'node-llama-cpp';
import { Fault } from '#core/kernel/fault.ts';
import { describeBuild, type LlamaSettings, openModel } from './open-model.ts';

export type LlamaVectors = { readonly vectors: readonly Float32Array[]; readonly elapsedMs: number };

/** A loaded embedding model. */
export type LlamaEmbedder = {
  readonly build: string;
  /** One vector of length 1 for each text. Rejects with the signal's reason between two texts. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<LlamaVectors>;
  dispose(): Promise<void>;
};

/** Marks that the model puts around a text; a cut text leaves room for them. */
const MARKS = 3;

/** An embedding model; one text at a time, in a context that is emptied before each. */
export async function loadEmbedder(settings: LlamaSettings): Promise<LlamaEmbedder> {
  const { llama, model } = await openModel(settings, 'embed');
  try {
    const contextSize = Math.min(settings.contextSize, model.trainContextSize);
    // An encoder reads a whole text in one batch or not at all.
    const context = await model.createEmbeddingContext({
      contextSize,
      batchSize: contextSize,
      threads: settings.threads,
    });
    return {
      build: await describeBuild(llama, { threads: settings.threads, contextSize, batchSize: contextSize }),
      async embed(texts, signal) {
        const startedAt = performance.now();
        const vectors: Float32Array[] = [];
        for (const text of texts) {
          signal.throwIfAborted();
          vectors.push(await vectorOf(model, context, contextSize, text));
        }
        return { vectors, elapsedMs: performance.now() - startedAt };
      },
      async dispose() {
        await llama.dispose();
      },
    };
  } catch (error) {
    await llama.dispose();
    throw error;
  }
}

async function vectorOf(
  model: LlamaModel,
  context: LlamaEmbeddingContext,
  contextSize: number,
  text: string,
): Promise<Float32Array> {
  // Without special tokens: a text from outside must not be able to write the model's own marks.
  const tokens = model.tokenize(text, false).slice(0, contextSize - MARKS);
  if (tokens.length === 0)
    throw new Fault('bad_model', 'a text without a word cannot be embedded', 'leave out texts that are empty');
  const { vector } = await context.getEmbeddingFor(tokens);
  return toLengthOne(vector);
}

/** Throws for a vector that has no direction: it would be near to everything and to nothing. */
function toLengthOne(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length === 0)
    throw new Fault('bad_model', 'the model gave a vector without a direction', 'use another embedding model');
  return Float32Array.from(vector, (value) => value / length);
}
