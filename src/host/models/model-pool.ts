import type { Inference, ModelStatus } from '#core/ports/inference.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { CanaryGrade } from '#shared/contract/models.ts';
import { createLlamaInference, type LlamaInference } from '../inference-process.ts';
import type { WorkerLike } from '../worker-like.ts';
import { createLlamaEmbedder, type LlamaEmbedderProcess } from './embedding-process.ts';
import { CONTEXT_SIZE } from './model-files.ts';
import { withThinkingBudget } from './thinking-budget.ts';

export type LanguageModel = {
  readonly process: LlamaInference;
  /** What questions are asked to: deadlines follow the measured speed, and the status carries the grade of the canary. */
  readonly inference: Inference;
};

/** The models whose processes exist, one for each file and use. */
export type ModelPool = {
  language(path: string): LanguageModel;
  embedding(path: string): LlamaEmbedderProcess;
  /** Undefined where no process was asked for. */
  statusOf(path: string): ModelStatus | undefined;
  unload(path: string): Promise<void>;
  dispose(): Promise<void>;
};

export type ModelPoolOptions = {
  readonly forkWorker: () => WorkerLike;
  readonly logger: Logger;
  readonly gradeOf: (status: Extract<ModelStatus, { kind: 'ready' }>) => CanaryGrade | undefined;
};

export function createModelPool({ forkWorker, logger, gradeOf }: ModelPoolOptions): ModelPool {
  const languages = new Map<string, LanguageModel>();
  const embedders = new Map<string, LlamaEmbedderProcess>();

  function graded(status: ModelStatus): ModelStatus {
    const grade = status.kind === 'ready' ? gradeOf(status) : undefined;
    return status.kind === 'ready' && grade !== undefined ? { ...status, canary: grade } : status;
  }

  return {
    language(path) {
      const kept = languages.get(path);
      if (kept !== undefined) return kept;
      const process = createLlamaInference({
        modelPath: path,
        spawnWorker: forkWorker,
        logger,
        contextSize: CONTEXT_SIZE,
      });
      const budgeted = withThinkingBudget(process);
      const model = { process, inference: { ...budgeted, status: () => graded(process.status()) } };
      languages.set(path, model);
      return model;
    },
    embedding(path) {
      const kept = embedders.get(path);
      if (kept !== undefined) return kept;
      const embedder = createLlamaEmbedder({ modelPath: path, spawnWorker: forkWorker, logger });
      embedders.set(path, embedder);
      return embedder;
    },
    statusOf: (path) => languages.get(path)?.process.status() ?? embedders.get(path)?.status(),
    async unload(path) {
      const [language, embedder] = [languages.get(path)?.process, embedders.get(path)];
      languages.delete(path);
      embedders.delete(path);
      await Promise.all([language?.dispose(), embedder?.dispose()]);
    },
    async dispose() {
      const all = [...[...languages.values()].map(({ process }) => process), ...embedders.values()];
      await Promise.all(all.map((process) => process.dispose()));
    },
  };
}
