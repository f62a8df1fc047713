import { checkedBaseUrl } from '#adapters/inference-remote/remote-inference.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Logger } from '#core/ports/logger.ts';
import type {
  BenchmarkView,
  CanaryView,
  DownloadView,
  FitView,
  ModelList,
  ModelView,
  RemoteModel,
} from '#shared/contract/models.ts';
import { benchmarkEmbedding, benchmarkLanguage } from './benchmark.ts';
import { runCanary } from './canary.ts';
import type { Downloads } from './downloads.ts';
import { fitOf, memoryProblem } from './fit.ts';
import type { ModelFiles } from './model-files.ts';
import type { ModelPool } from './model-pool.ts';
import type { ModelEntry, Registry } from './registry.ts';

/** A probe of a large model on a busy machine takes its time; beyond this it is not graded. */
const PROBE_DEADLINE_MS = 120_000;
/** Before a decision nobody waits that long: a model that is so slow goes ungraded until somebody asks for its grade. */
const BEFORE_DECISION_MS = 30_000;

/** What the faces do with models. */
export type ModelManager = {
  list(): ModelList;
  import(path: string, copy: boolean, name: string | undefined): Promise<ModelView>;
  download(url: string, name: string | undefined): DownloadView;
  pause(id: string): Promise<DownloadView>;
  cancel(id: string): Promise<void>;
  remove(name: string): Promise<{ readonly deletedFile: boolean }>;
  /** Chooses for what the model can do; null: the rules decide alone. */
  use(name: string | null): ModelList;
  /** Throws Fault `usage` for an address that is not taken. */
  setRemote(remote: RemoteModel | null): ModelList;
  load(name: string): Promise<ModelView>;
  unload(name: string): Promise<ModelView>;
  bench(name: string, runs: number): Promise<BenchmarkView>;
  canary(name: string): Promise<CanaryView>;
  /** Whether a file may be loaded now, by the memory it needs and what is free; undefined when it may. */
  problemOf(path: string, bytes: number): string | undefined;
  /** Grades the model of this file unless these weights, build and threads have a grade. Never throws: without a grade it is ungraded. */
  gradeOnce(path: string): Promise<void>;
};

export type ModelManagerParts = {
  readonly registry: Registry;
  readonly files: ModelFiles;
  readonly downloads: Downloads;
  readonly pool: ModelPool;
  readonly freeMemory: () => number;
  readonly now: () => number;
  readonly logger: Logger;
};

export function createModelManager(parts: ModelManagerParts): ModelManager {
  const { registry, files, downloads, pool, freeMemory, now, logger } = parts;

  const fit = (entry: ModelEntry): FitView => fitOf(entry.facts.memoryBytes, freeMemory());

  function viewOf(entry: ModelEntry): ModelView {
    const { analyst, embedding, canaries } = registry.read();
    const { name, kept, sha256, bytes, facts, source, addedAt, benchmark } = entry;
    const path = files.pathOf(entry);
    const status = pool.statusOf(path);
    const { memoryBytes: _, ...shown } = facts;
    return {
      name,
      ...shown,
      bytes,
      sha256,
      hashLabel: kept === 'downloaded' ? 'pinned on first download' : 'computed on import',
      kept,
      path,
      source,
      addedAt,
      fit: fit(entry),
      isDefault: name === analyst || name === embedding,
      state: status === undefined || status.kind === 'absent' ? 'not loaded' : status.kind,
      why: status?.kind === 'failed' ? status.why : null,
      benchmark,
      canary: canaries.find(({ hash }) => hash === sha256) ?? null,
    };
  }

  function list(): ModelList {
    const { models, analyst, embedding, remote } = registry.read();
    return { models: models.map(viewOf), downloads: [...downloads.list()], analyst, embedding, remote };
  }

  /** Throws Fault `bad_model` with the reason for a model that does not come up. */
  async function bringUp(entry: ModelEntry): Promise<void> {
    const path = files.pathOf(entry);
    const before = pool.statusOf(path);
    // A model that gave up is given a new process when somebody asks for it by hand.
    if (before?.kind === 'failed') await pool.unload(path);
    if (before?.kind !== 'ready') {
      const problem = memoryProblem(fit(entry));
      if (problem !== undefined)
        throw new Fault(
          'bad_model',
          `model ${entry.name} is ${problem}`,
          'close other programs, or use a smaller model or quantisation',
        );
    }
    const process = entry.facts.use === 'embed' ? pool.embedding(path) : pool.language(path).process;
    const status = await process.ready();
    if (status.kind !== 'ready')
      throw new Fault(
        'bad_model',
        status.kind === 'loading' ? `model ${entry.name} is still loading` : status.why,
        'look at mt models ls',
      );
    if (status.hash === entry.sha256) return;
    await pool.unload(path);
    throw changedFault(entry.name, status.hash, entry.sha256);
  }

  async function grade(path: string, deadlineMs: number): Promise<CanaryView> {
    const outcome = await runCanary(pool.language(path).process, deadlineMs, now);
    if (outcome.kind === 'failed')
      throw new Fault(
        'bad_model',
        `the canary had no answer: ${outcome.why}`,
        'try again when the machine is less busy',
      );
    const { canary } = outcome;
    registry.change((known) => ({
      ...known,
      canaries: [canary, ...known.canaries.filter(({ hash, build }) => hash !== canary.hash || build !== canary.build)],
    }));
    return canary;
  }

  return {
    list,
    import: async (path, copy, name) => viewOf(await files.importFile(path, copy, name)),
    download: (url, name) => downloads.start(url, name),
    pause: (id) => downloads.pause(id),
    cancel: (id) => downloads.cancel(id),
    async remove(name) {
      await pool.unload(files.pathOf(registry.entry(name)));
      return files.remove(name);
    },
    use(name) {
      const embeds = name !== null && registry.entry(name).facts.use === 'embed';
      registry.change((known) => (embeds ? { ...known, embedding: name } : { ...known, analyst: name }));
      return list();
    },
    setRemote(remote) {
      const set = remote === null ? null : { ...remote, baseUrl: checkedBaseUrl(remote.baseUrl) };
      registry.change((known) => ({ ...known, remote: set }));
      return list();
    },
    async load(name) {
      const entry = registry.entry(name);
      await bringUp(entry);
      return viewOf(entry);
    },
    async unload(name) {
      const entry = registry.entry(name);
      await pool.unload(files.pathOf(entry));
      return viewOf(entry);
    },
    async bench(name, runs) {
      const entry = registry.entry(name);
      await bringUp(entry);
      const path = files.pathOf(entry);
      const benchmark =
        entry.facts.use === 'embed'
          ? await benchmarkEmbedding(pool.embedding(path), runs, now)
          : await benchmarkLanguage(pool.language(path).process, runs, now);
      registry.change((known) => ({
        ...known,
        models: known.models.map((model) => (model.name === name ? { ...model, benchmark } : model)),
      }));
      return benchmark;
    },
    async canary(name) {
      const entry = registry.entry(name);
      if (entry.facts.use === 'embed')
        throw new Fault('usage', `${name} embeds texts, and the canary asks questions`, 'name a model that answers');
      await bringUp(entry);
      return grade(files.pathOf(entry), PROBE_DEADLINE_MS);
    },
    problemOf(path, bytes) {
      if (pool.statusOf(path)?.kind === 'ready') return undefined;
      const known = knownEntries().find((entry) => files.pathOf(entry) === path);
      return memoryProblem(fitOf(known?.facts.memoryBytes ?? bytes, freeMemory()));
    },
    async gradeOnce(path) {
      const status = pool.language(path).process.status();
      if (status.kind !== 'ready') return;
      try {
        const { canaries } = registry.read();
        if (canaries.some(({ hash, build }) => hash === status.hash && build === status.build)) return;
        const { grade: found } = await grade(path, BEFORE_DECISION_MS);
        logger.info('the determinism canary was run', { model: status.name, grade: found });
      } catch (error) {
        logger.warn('the model has no grade of determinism', {
          why: error instanceof Error ? error.message : String(error),
        });
      }
    },
  };

  /** Of a damaged registry nothing is known, and the file's own size has to do. */
  function knownEntries(): readonly ModelEntry[] {
    try {
      return registry.read().models;
    } catch {
      return [];
    }
  }
}

/** A file that is no longer what was imported or pinned is not used: nobody knows whose weights it holds. */
export const changedFault = (name: string, found: string, known: string): Fault =>
  new Fault(
    'bad_model',
    `the file of model ${name} has changed since it was taken over: SHA-256 ${found} instead of ${known}`,
    `remove it with mt models rm ${name} and import it again, if the change was yours`,
  );
