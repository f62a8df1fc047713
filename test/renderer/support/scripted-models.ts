import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { DownloadView, ModelList, ModelView, modelsContract } from '#shared/contract/models.ts';
import { NOW } from './sample-market.ts';

type ModelHandlers = Pick<AppHandlers, keyof typeof modelsContract>;

const HASH = 'cd'.repeat(32);

const chat: ModelView = {
  name: 'small-chat',
  use: 'generate',
  title: 'a small chat model',
  architecture: 'llama',
  quantisation: 'Q4_K_M',
  parameters: 4_000_000_000,
  contextLength: 8192,
  license: 'apache-2.0',
  bytes: 2_500_000_000,
  sha256: HASH,
  hashLabel: 'pinned on first download',
  kept: 'downloaded',
  path: '/models/small-chat.gguf',
  source: 'https://models.example.org/small-chat.gguf',
  addedAt: NOW,
  fit: { word: 'good', score: 61, neededBytes: 3_100_000_000, freeBytes: 8_000_000_000 },
  isDefault: true,
  state: 'ready',
  why: null,
  benchmark: {
    n: 3,
    readingTokensPerSecond: 120,
    writingTokensPerSecond: 18.2,
    textsPerSecond: null,
    promptTokens: 400,
    conditions: 'scripted, 4 threads',
    at: NOW,
  },
  canary: { grade: 'bit-exact', hash: HASH, build: 'scripted', n: 3, tokens: 64, at: NOW },
};

const large: ModelView = {
  ...chat,
  name: 'large-chat',
  bytes: 19_000_000_000,
  fit: { word: 'too large', score: 0, neededBytes: 21_000_000_000, freeBytes: 8_000_000_000 },
  isDefault: false,
  state: 'failed',
  why: 'model large-chat is not loaded: it needs 21000 MB of memory and 8000 MB are free',
  benchmark: null,
  canary: null,
};

const download: DownloadView = {
  id: '0123456789abcdef',
  url: 'https://models.example.org/next.gguf',
  name: 'next',
  state: 'running',
  doneBytes: 1_525_000_000,
  totalBytes: 2_500_000_000,
  bytesPerSecond: 4_200_000,
  why: null,
};

/** A list that a test may change, and handlers that do to it what they say. */
export function scriptedModels(
  missing: (why?: string) => never,
  fresh: boolean,
): { readonly handlers: ModelHandlers; readonly set: (change: Partial<ModelList>) => void } {
  let list: ModelList = {
    models: fresh ? [] : [chat, large],
    downloads: fresh ? [] : [download],
    analyst: fresh ? null : chat.name,
    embedding: null,
    remote: null,
  };
  const set = (change: Partial<ModelList>): void => {
    list = { ...list, ...change };
  };
  const change = (id: string, part: Partial<DownloadView>): DownloadView => {
    set({ downloads: list.downloads.map((one) => (one.id === id ? { ...one, ...part } : one)) });
    return list.downloads.find((one) => one.id === id) ?? missing(`there is no download ${id}`);
  };
  const find = (name: string): ModelView =>
    list.models.find((one) => one.name === name) ?? missing(`there is no ${name}`);
  return {
    set,
    handlers: {
      'models.list': () => list,
      'models.remote': ({ remote }) => {
        set({ remote });
        return list;
      },
      'models.import': () => missing('that is not a GGUF file'),
      'models.download': ({ url }) => {
        const known = list.downloads.find((one) => one.url === url);
        if (known !== undefined) return change(known.id, { state: 'running', bytesPerSecond: null });
        const begun = {
          ...download,
          id: 'f'.repeat(16),
          url,
          name: 'fetched',
          doneBytes: 0,
          totalBytes: null,
          bytesPerSecond: null,
        };
        set({ downloads: [...list.downloads, begun] });
        return begun;
      },
      'models.pause': ({ id }) => change(id, { state: 'paused', bytesPerSecond: null }),
      'models.cancel': ({ id }) => {
        set({ downloads: list.downloads.filter((one) => one.id !== id) });
        return { canceled: id };
      },
      'models.remove': ({ name }) => {
        set({ models: list.models.filter((one) => one.name !== name) });
        return { removed: name, deletedFile: true };
      },
      'models.use': ({ name }) => {
        set({ analyst: name, models: list.models.map((one) => ({ ...one, isDefault: one.name === name })) });
        return list;
      },
      'models.load': ({ name }) => find(name),
      'models.unload': ({ name }) => find(name),
      'models.bench': () => chat.benchmark ?? missing(),
      'models.canary': () => chat.canary ?? missing(),
    },
  };
}
