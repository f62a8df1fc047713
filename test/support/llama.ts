import { resolve } from 'node:path';
import type { InferenceRequest } from '#core/ports/inference.ts';
import type { Logger } from '#core/ports/logger.ts';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import { createLlamaInference, type LlamaInference, type LlamaInferenceOptions } from '#host/inference-process.ts';
import { createLlamaEmbedder, type LlamaEmbedderProcess } from '#host/models/embedding-process.ts';
import type { ModelProcessOptions } from '#host/models/model-process.ts';
import type { WorkerLike } from '#host/worker-like.ts';

/** The model's process in source form; Node 24 runs TypeScript as it is. */
export const LLAMA_WORKER = resolve(import.meta.dirname, '../../src/adapters/inference-llama/worker.ts');

export const QUIET: Logger = { info() {}, warn() {}, error() {}, hide() {} };

/** A supervised real model, with every worker process it has started. */
export function startLlama(
  modelPath: string,
  options: Partial<LlamaInferenceOptions> = {},
): { inference: LlamaInference; workers: WorkerLike[] } {
  const workers: WorkerLike[] = [];
  return { inference: createLlamaInference(supervised(modelPath, options, workers)), workers };
}

/** As `startLlama`, for an embedding model. */
export function startEmbedder(
  modelPath: string,
  options: Partial<ModelProcessOptions> = {},
): { embedder: LlamaEmbedderProcess; workers: WorkerLike[] } {
  const workers: WorkerLike[] = [];
  return { embedder: createLlamaEmbedder(supervised(modelPath, options, workers)), workers };
}

const supervised = (
  modelPath: string,
  options: Partial<ModelProcessOptions>,
  workers: WorkerLike[],
): ModelProcessOptions => ({
  modelPath,
  logger: QUIET,
  spawnWorker: () => {
    const worker = forkNodeWorker(LLAMA_WORKER, QUIET);
    workers.push(worker);
    return worker;
  },
  ...options,
});

/** A small question whose answer has a known shape. */
export const smallQuestion = (change: Partial<InferenceRequest> = {}): InferenceRequest => ({
  system: 'You label weather.',
  user: 'W1 rain = 3 mm\nW2 wind = 20 km/h',
  schema: {
    type: 'object',
    properties: {
      label: { enum: ['wet', 'dry', 'windy'] },
      evidence: { type: 'array', items: { enum: ['W1', 'W2'] }, minItems: 1, maxItems: 2 },
    },
  },
  seed: 7,
  temperature: 0.8,
  maxTokens: 120,
  ...change,
});

/** True while a process with this id exists. */
export function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
