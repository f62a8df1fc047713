import { checkModelFile } from '#adapters/inference-llama/check-model-file.ts';
import { createRemoteInference } from '#adapters/inference-remote/remote-inference.ts';
import type { AnalystModel } from '#core/analyst/assess.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Embedder } from '#core/ports/embedding.ts';
import type { Inference } from '#core/ports/inference.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { PromptParts } from '#core/ports/prompt-parts.ts';
import { createDownloads } from './models/downloads.ts';
import { openModelFiles } from './models/model-files.ts';
import { changedFault, createModelManager, type ModelManager } from './models/model-manager.ts';
import { createModelPool } from './models/model-pool.ts';
import { type ModelEntry, openRegistry } from './models/registry.ts';
import { unavailableInference } from './models/unavailable.ts';
import type { WorkerLike } from './worker-like.ts';

/** Longest that the model may think about one assessment; then the rules stand. The measured speed makes it shorter (see thinking-budget). */
const DEADLINE_MS = 20_000;
const ANALYST_PART = 'analyst-system';

/** The local models of this engine, one process for each file that was asked for. */
export type Models = {
  /**
   * The model of this path, else the engine's default; undefined when none is chosen. Throws Fault('bad_model') for a named file that
   * is no model. One that cannot be loaded now answers every question with the reason, so that the rules stand and say it.
   */
  choose(path: string | undefined): Promise<AnalystModel | undefined>;
  /** What embeds texts; undefined while the master has chosen nothing for it. */
  embedder(): Embedder | undefined;
  /** What the screens say about the default. */
  describe(): { readonly kind: 'rules' | 'model'; readonly label: string };
  readonly manager: ModelManager;
  dispose(): Promise<void>;
};

export type ModelsOptions = {
  /** A file that was named at the start; it goes before the one chosen from the registry. */
  readonly defaultPath: string | undefined;
  readonly modelsDir: string;
  readonly modelsFile: string;
  readonly forkWorker: () => WorkerLike;
  readonly promptParts: PromptParts;
  readonly logger: Logger;
  /** Differs from the system's word only in tests. */
  readonly freeMemory?: () => number;
  readonly freeDisk?: (folder: string) => number;
  readonly now?: () => number;
  /** The API key of a stored name, for a remote model. Throws Fault `not_found`. */
  readonly keyOf: (name: string) => string;
  /** While true no remote model is asked; never by itself. */
  readonly offline?: () => boolean;
};

export function createModels(options: ModelsOptions): Models {
  const { defaultPath, forkWorker, promptParts, logger, now = Date.now } = options;
  const prompt = promptParts.get(ANALYST_PART);
  if (prompt === undefined)
    throw new Fault('storage', `the prompt part ${ANALYST_PART} is missing`, 'restore resources/prompts');
  const registry = openRegistry(options.modelsFile);
  const files = openModelFiles(options.modelsDir, registry, forkWorker, now);
  const downloads = createDownloads(options.modelsDir, registry, files, forkWorker, now, options.freeDisk);
  const pool = createModelPool({
    forkWorker,
    logger,
    gradeOf: ({ hash, build }) =>
      safely(() => registry.read().canaries.find((canary) => canary.hash === hash && canary.build === build)?.grade),
  });
  const freeMemory = options.freeMemory ?? (() => process.availableMemory());
  const manager = createModelManager({ registry, files, downloads, pool, freeMemory, now, logger });

  const chosenEntry = (use: 'analyst' | 'embedding'): ModelEntry | undefined => {
    const known = registry.read();
    return known.models.find(({ name }) => name === known[use]);
  };

  async function load(path: string): Promise<AnalystModel> {
    const file = await checkModelFile(path);
    const asked = (inference: AnalystModel['inference']): AnalystModel => ({
      inference,
      prompt: promptOf,
      deadlineMs: DEADLINE_MS,
    });
    const problem = manager.problemOf(file.path, file.bytes);
    if (problem !== undefined) return asked(unavailableInference(file.name, problem));
    const { process: model, inference } = pool.language(file.path);
    // Loading is not thinking: it must not eat the deadline of the first question.
    const status = await model.ready();
    const entry = registry.read().models.find((known) => files.pathOf(known) === file.path);
    if (status.kind === 'ready' && entry !== undefined && entry.sha256 !== status.hash) {
      await pool.unload(file.path);
      return asked(unavailableInference(file.name, changedFault(entry.name, status.hash, entry.sha256).message));
    }
    await manager.gradeOnce(file.path);
    return asked(inference);
  }
  const promptOf = prompt;

  /** The remote model that is set now; another setting is another one. */
  function remoteInference(): Inference | undefined {
    const { remote } = registry.read();
    if (remote === null) return undefined;
    const { baseUrl, model, key } = remote;
    return createRemoteInference({
      baseUrl,
      model,
      key: () => (key === null ? undefined : options.keyOf(key)),
      offline: options.offline ?? (() => false),
    });
  }

  return {
    manager,
    async choose(path) {
      const named = path ?? defaultPath;
      if (named !== undefined) return load(named);
      let name = 'model';
      try {
        const entry = chosenEntry('analyst');
        if (entry === undefined) {
          const inference = remoteInference();
          return inference === undefined ? undefined : { inference, prompt: promptOf, deadlineMs: DEADLINE_MS };
        }
        name = entry.name;
        return await load(files.pathOf(entry));
      } catch (error) {
        // What was chosen for every decision must not keep a decision from being made.
        const why = error instanceof Fault ? error.message : 'the model could not be loaded';
        logger.warn('the chosen model is not available', { why });
        return { inference: unavailableInference(name, why), prompt: promptOf, deadlineMs: DEADLINE_MS };
      }
    },
    embedder() {
      const entry = chosenEntry('embedding');
      return entry === undefined ? undefined : pool.embedding(files.pathOf(entry));
    },
    describe() {
      const entry = defaultPath === undefined ? safely(() => chosenEntry('analyst')) : undefined;
      const path = defaultPath ?? (entry === undefined ? undefined : files.pathOf(entry));
      if (path === undefined) {
        const status = safely(remoteInference)?.status();
        if (status?.kind === 'failed') return { kind: 'rules', label: `Rules (${status.why})` };
        return status?.kind === 'ready'
          ? { kind: 'model', label: status.name }
          : { kind: 'rules', label: 'Rules (no model)' };
      }
      const status = pool.statusOf(path);
      if (status === undefined || status.kind === 'absent') return { kind: 'model', label: 'Model, not loaded yet' };
      if (status.kind === 'ready') return { kind: 'model', label: status.name };
      return { kind: 'rules', label: status.kind === 'loading' ? `Loading ${status.name}` : `Rules (${status.why})` };
    },
    async dispose() {
      await Promise.all([downloads.dispose(), pool.dispose()]);
    },
  };
}

/** Undefined where the registry is damaged: the faces say so when it is asked for. */
function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
