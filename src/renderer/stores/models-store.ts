import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { ModelList, RemoteModel } from '#shared/contract/models.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type ModelsState = {
  /** What is being done now, as `name action`; null while nothing is. */
  readonly busy: string | null;
  readonly error: ViewError | null;
};

export type ModelsStore = StoreApi<ModelsState> & {
  readonly list: LoadedStore<ModelList>;
  readonly machine: LoadedStore<{ readonly cores: number; readonly free: number; readonly total: number }>;
  download(url: string): Promise<boolean>;
  pause(id: string): Promise<boolean>;
  cancel(id: string): Promise<boolean>;
  import(path: string, copy: boolean): Promise<boolean>;
  use(name: string | null): Promise<boolean>;
  on(name: string, action: 'load' | 'unload' | 'bench' | 'canary' | 'remove'): Promise<boolean>;
  setRemote(remote: RemoteModel | null): Promise<boolean>;
  dispose(): void;
};

const QUIET_MS = 5_000;
const FETCHING_MS = 1_000;

export function createModelsStore(client: AppClient): ModelsStore {
  const store = createStore<ModelsState>(() => ({ busy: null, error: null }));
  const list = loadedStore<ModelList>(() => client.invoke('models.list', {}));
  const machine = loadedStore(async () => {
    const { machine: seen } = await client.invoke('health.get', {});
    return { cores: seen.cores, free: seen.freeMemoryBytes, total: seen.totalMemoryBytes };
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  let disposed = false;
  // A download may have been started by another face, so it is looked for at all times, and closely while there is one.
  const look = async (): Promise<void> => {
    await list.refresh();
    if (disposed) return;
    const fetching = list.getState().data?.downloads.some(({ state }) => state === 'running') ?? false;
    timer = setTimeout(() => void look(), fetching ? FETCHING_MS : QUIET_MS);
  };
  void look();

  const act = async (busy: string, work: () => Promise<unknown>): Promise<boolean> => {
    if (store.getState().busy !== null) return false;
    store.setState({ busy, error: null });
    try {
      await work();
      return true;
    } catch (thrown) {
      store.setState({ error: viewError(thrown) });
      return false;
    } finally {
      store.setState({ busy: null });
      clearTimeout(timer);
      await look();
    }
  };

  return {
    ...store,
    list,
    machine,
    download: (url) => act('download', () => client.invoke('models.download', { url })),
    pause: (id) => act('pause', () => client.invoke('models.pause', { id })),
    cancel: (id) => act('cancel', () => client.invoke('models.cancel', { id })),
    import: (path, copy) => act('import', () => client.invoke('models.import', { path, copy })),
    use: (name) => act('use', () => client.invoke('models.use', { name })),
    setRemote: (remote) => act('remote', () => client.invoke('models.remote', { remote })),
    on: (name, action) =>
      act(`${name} ${action}`, () =>
        action === 'bench' ? client.invoke('models.bench', { name }) : client.invoke(`models.${action}`, { name }),
      ),
    dispose() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
