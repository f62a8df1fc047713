import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppOutput } from '#shared/contract/app-contract.ts';
import type { MemoryLesson } from '#shared/contract/memory.ts';
import type { NewsIntake, NewsShow, NewsSourceView } from '#shared/contract/news.ts';
import { type Acting, AT_REST, actor } from './acting.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

const MOST_LESSONS = 1000;

export type MemoryStoreView = StoreApi<Acting> & {
  readonly lessons: LoadedStore<readonly MemoryLesson[]>;
  readonly summary: LoadedStore<AppOutput<'memory.summary'>>;
  readonly shown: LoadedStore<AppOutput<'memory.show'> | null>;
  open(id: string | null): void;
  revoke(id: string, reason: string): Promise<boolean>;
  refresh(): Promise<void>;
};

export function createMemoryStore(client: AppClient): MemoryStoreView {
  const store = createStore<Acting>(() => AT_REST);
  let selected: string | null = null;
  const lessons = loadedStore(() => client.invoke('memory.list', { limit: MOST_LESSONS }));
  const summary = loadedStore(() => client.invoke('memory.summary', {}));
  const shown = loadedStore(async () =>
    selected === null ? null : await client.invoke('memory.show', { id: selected }),
  );
  const refresh = async (): Promise<void> => {
    await Promise.all([lessons.refresh(), summary.refresh(), shown.refresh()]);
  };
  const act = actor(store, refresh);
  return {
    ...store,
    lessons,
    summary,
    shown,
    refresh,
    open(id) {
      selected = id;
      shown.clear();
      void shown.refresh();
    },
    revoke: (id, reason) => act(() => client.invoke('memory.revoke', { id, reason })),
  };
}

export type NewsState = Acting & {
  readonly instrument: string;
  readonly quarantined: boolean;
  readonly intakes: readonly NewsIntake[];
};

export type NewsStoreView = StoreApi<NewsState> & {
  readonly show: LoadedStore<NewsShow>;
  readonly sources: LoadedStore<readonly NewsSourceView[]>;
  look(change: Partial<Pick<NewsState, 'instrument' | 'quarantined'>>): void;
  add(name: string, url: string, weight?: number): Promise<boolean>;
  remove(name: string): Promise<boolean>;
  fetch(name?: string): Promise<boolean>;
  import(name: string, path: string): Promise<boolean>;
  refresh(): Promise<void>;
};

export function createNewsStore(client: AppClient): NewsStoreView {
  const store = createStore<NewsState>(() => ({
    ...AT_REST,
    instrument: 'BTC/USDT',
    quarantined: false,
    intakes: [],
  }));
  const show = loadedStore(() => {
    const { instrument, quarantined } = store.getState();
    return client.invoke('news.show', { instrument, quarantined, limit: 100 });
  });
  const sources = loadedStore(() => client.invoke('news.sources', {}));
  const refresh = async (): Promise<void> => {
    await Promise.all([show.refresh(), sources.refresh()]);
  };
  const act = actor(store, refresh);
  const told = (intakes: readonly NewsIntake[]): void => store.setState({ intakes });
  return {
    ...store,
    show,
    sources,
    refresh,
    look(change) {
      store.setState(change);
      void show.refresh();
    },
    add: (name, url, weight = 1) => act(() => client.invoke('news.add', { name, url, weight })),
    remove: (name) => act(() => client.invoke('news.remove', { name })),
    fetch: (name) => act(async () => told(await client.invoke('news.fetch', name === undefined ? {} : { name }))),
    import: (name, path) => act(async () => told([await client.invoke('news.import', { name, path })])),
  };
}
