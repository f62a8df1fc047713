import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sha256 } from '#adapters/digest/sha256.ts';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import { createModels, type Models, type ModelsOptions } from '#host/models.ts';
import { LLAMA_WORKER, QUIET } from './llama.ts';

export type ModelsHome = {
  readonly folder: string;
  readonly models: Models;
  /** Ends the engine's part and opens it again on the same folder. */
  reopen(options?: Partial<ModelsOptions>): Promise<Models>;
  dispose(): Promise<void>;
};

/** The models of a data folder of its own, with real processes. */
export function openModelsHome(options: Partial<ModelsOptions> = {}): ModelsHome {
  const folder = mkdtempSync(join(tmpdir(), 'mt-models-'));
  const open = (change: Partial<ModelsOptions>): Models =>
    createModels({
      defaultPath: undefined,
      modelsDir: join(folder, 'models'),
      modelsFile: join(folder, 'models.json'),
      forkWorker: () => forkNodeWorker(LLAMA_WORKER, QUIET),
      promptParts: loadPromptParts(resolve(import.meta.dirname, '../../resources/prompts'), sha256),
      logger: QUIET,
      keyOf: (name) => `key of ${name}`,
      // What is free changes from moment to moment, and answers are compared whole.
      freeMemory: () => 8_000_000_000,
      ...options,
      ...change,
    });
  let models = open({});
  return {
    folder,
    get models() {
      return models;
    },
    async reopen(change = {}) {
      await models.dispose();
      models = open(change);
      return models;
    },
    async dispose() {
      await models.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
