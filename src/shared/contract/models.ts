import { z } from 'zod';
import { call } from './define.ts';
import { unixMsNumber } from './primitives.ts';

const count = z.int().min(0);
/** Also a file name on every system, and a word on a command line. */
export const modelName = z.string().regex(/^[A-Za-z0-9][\w.-]{0,79}$/, 'is not the name of a model');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.strictObject({ name: modelName });

export const canaryGrade = z.enum(['bit-exact', 'stable-text', 'non-deterministic']);
export type CanaryGrade = z.infer<typeof canaryGrade>;

/** How far three cold answers to one fixed question were the same on this machine. Holds for these weights, this build and these threads only. */
export const canaryView = z.strictObject({
  grade: canaryGrade,
  hash: sha256,
  build: z.string().max(200),
  /** Answers that were compared. */
  n: count,
  tokens: count,
  at: unixMsNumber,
});
export type CanaryView = z.infer<typeof canaryView>;

/** Medians of `n` runs. Embedding models write nothing: of them it is texts a second. */
export const benchmarkView = z.strictObject({
  n: count,
  readingTokensPerSecond: z.number().nullable(),
  writingTokensPerSecond: z.number().nullable(),
  textsPerSecond: z.number().nullable(),
  promptTokens: count,
  /** Build, threads and load of the machine: without them the figures say nothing. */
  conditions: z.string().max(400),
  at: unixMsNumber,
});
export type BenchmarkView = z.infer<typeof benchmarkView>;

export const fitView = z.strictObject({
  word: z.enum(['good', 'tight', 'too large']),
  /** Share of the free memory that stays free, in percent; 0 when nothing does. */
  score: z.int().min(0).max(100),
  neededBytes: count,
  freeBytes: count,
});
export type FitView = z.infer<typeof fitView>;

export const modelView = z.strictObject({
  name: modelName,
  use: z.enum(['generate', 'embed']),
  /** What the file says of itself. */
  title: z.string().max(200),
  architecture: z.string().max(100),
  quantisation: z.string().max(40),
  parameters: count,
  contextLength: count.nullable(),
  license: z.string().max(200).nullable(),
  bytes: count,
  sha256,
  /** Who says that this is the right hash: nobody but this machine, and when. */
  hashLabel: z.enum(['computed on import', 'pinned on first download']),
  kept: z.enum(['copied', 'referenced', 'downloaded']),
  path: z.string(),
  source: z.string().nullable(),
  addedAt: unixMsNumber,
  fit: fitView,
  isDefault: z.boolean(),
  state: z.enum(['not loaded', 'loading', 'ready', 'failed']),
  why: z.string().nullable(),
  benchmark: benchmarkView.nullable(),
  canary: canaryView.nullable(),
});
export type ModelView = z.infer<typeof modelView>;

export const downloadView = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  url: z.string(),
  name: modelName,
  state: z.enum(['running', 'paused', 'done', 'failed', 'canceled']),
  doneBytes: count,
  totalBytes: count.nullable(),
  /** Over the last seconds: 0 while nothing arrives. Null until that is known, and when it does not run. */
  bytesPerSecond: z.number().min(0).nullable(),
  why: z.string().nullable(),
});
export type DownloadView = z.infer<typeof downloadView>;

/** A model behind an OpenAI-compatible API. Asked only where the master has set it and chosen no local model. */
export const remoteModel = z.strictObject({
  baseUrl: z.url().max(300),
  model: z.string().min(1).max(120),
  /** Name of a stored key whose API key is sent along; null where the server asks for none. */
  key: z.string().max(40).nullable(),
});
export type RemoteModel = z.infer<typeof remoteModel>;

export const modelList = z.strictObject({
  models: z.array(modelView),
  downloads: z.array(downloadView),
  /** Name of the analyst's model; null while the rules decide alone. */
  analyst: modelName.nullable(),
  /** Name of the model that embeds texts; null when there is none. */
  embedding: modelName.nullable(),
  remote: remoteModel.nullable(),
});
export type ModelList = z.infer<typeof modelList>;

const downloadId = z.strictObject({ id: downloadView.shape.id });
const LONG_MS = 3_600_000;

export const modelsContract = {
  'models.list': call('view', z.strictObject({}), modelList),
  /** Takes a file over: copied into the data folder, or used where it lies. Its hash is computed while it is read. */
  'models.import': call(
    'trade',
    z.strictObject({ path: z.string().min(1).max(4096), copy: z.boolean(), name: modelName.optional() }),
    modelView,
    LONG_MS,
  ),
  /** Begins a download, or goes on with one that was paused or interrupted. It runs on by itself; `models.list` says how far it is. */
  'models.download': call(
    'trade',
    z.strictObject({ url: z.url().max(2048), name: modelName.optional() }),
    downloadView,
    60_000,
  ),
  'models.pause': call('trade', downloadId, downloadView, 60_000),
  /** Ends a download and deletes what has arrived. */
  'models.cancel': call('trade', downloadId, z.strictObject({ canceled: downloadView.shape.id }), 60_000),
  /** Forgets a model; a file that was copied or downloaded is deleted, one that was referenced is not. The pin of an address stays. */
  'models.remove': call('trade', name, z.strictObject({ removed: modelName, deletedFile: z.boolean() }), 60_000),
  /** Chooses the model for what it can do: judging, or embedding. Null: the rules decide alone. */
  'models.use': call('trade', z.strictObject({ name: modelName.nullable() }), modelList),
  /** Sets the remote model, or takes it away. What it is asked leaves this machine, and so does the key that it is asked with. */
  'models.remote': call('admin', z.strictObject({ remote: remoteModel.nullable() }), modelList),
  'models.load': call('trade', name, modelView, 300_000),
  'models.unload': call('trade', name, modelView, 60_000),
  'models.bench': call(
    'trade',
    z.strictObject({ name: modelName, runs: z.int().min(1).max(20).default(3) }),
    benchmarkView,
    LONG_MS,
  ),
  /** Runs the determinism canary again, whatever is known. */
  'models.canary': call('trade', name, canaryView, LONG_MS),
} as const;
