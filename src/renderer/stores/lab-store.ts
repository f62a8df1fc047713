import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppContract, AppOutput } from '#shared/contract/app-contract.ts';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import type { CallRequest } from '#shared/contract/define.ts';
import type { LabChart, LabCurve, LabFamilyView } from '#shared/contract/lab.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type BacktestAsked = CallRequest<AppContract, 'lab.backtest'>;
export type SearchAsked = CallRequest<AppContract, 'lab.search'>;
export type WalkForwardAsked = CallRequest<AppContract, 'lab.walkForward'>;
export type LabList = AppOutput<'lab.list'>;

/** What is open below the lists: a run with its curve, or a study. */
export type Shown = { readonly view: AppOutput<'lab.show'>; readonly curve: LabCurve | null };
export type Compared = AppOutput<'lab.compare'> & { readonly curves: readonly LabCurve[] };

export type LabState = {
  readonly selected: string | null;
  /** Runs that are marked for comparison, in the order in which they were marked. */
  readonly marked: readonly string[];
  readonly comparing: boolean;
  /** The trade that is looked at. */
  readonly charted: { readonly id: string; readonly trade: number } | null;
  /** What was asked for and has not been answered yet. */
  readonly busy: 'backtest' | 'study' | null;
  readonly error: ViewError | null;
  /** What a button of the open result ran into. */
  readonly actionError: ViewError | null;
};

export type LabStore = StoreApi<LabState> & {
  readonly list: LoadedStore<LabList>;
  readonly families: LoadedStore<readonly LabFamilyView[]>;
  readonly imported: LoadedStore<readonly StoredSeriesView[]>;
  readonly shown: LoadedStore<Shown | null>;
  readonly compared: LoadedStore<Compared | null>;
  /** One trade of a back-test on its candles. */
  readonly chart: LoadedStore<LabChart | null>;
  select(id: string | null): void;
  openTrade(of: NonNullable<LabState['charted']>): void;
  mark(id: string): void;
  compare(on: boolean): void;
  /** Plays a back-test and opens it. Answers its id, or null when it was refused. */
  backtest(request: BacktestAsked): Promise<string | null>;
  search(request: SearchAsked): Promise<string | null>;
  walkForward(request: WalkForwardAsked): Promise<string | null>;
  cancel(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  openHoldout(id: string): Promise<void>;
  refresh(): Promise<void>;
  dispose(): void;
};

/** As many as can be told apart in one picture. */
export const MOST_COMPARED = 4;

export function createLabStore(client: AppClient): LabStore {
  const store = createStore<LabState>(() => ({
    selected: null,
    marked: [],
    comparing: false,
    charted: null,
    busy: null,
    error: null,
    actionError: null,
  }));
  const list = loadedStore<LabList>(() => client.invoke('lab.list', {}));
  const families = loadedStore<readonly LabFamilyView[]>(() => client.invoke('lab.families', {}));
  const imported = loadedStore<readonly StoredSeriesView[]>(() => client.invoke('data.list', {}));
  const shown = loadedStore<Shown | null>(async () => {
    const { selected: id } = store.getState();
    if (id === null) return null;
    const view = await client.invoke('lab.show', { id });
    return { view, curve: view.kind === 'backtest' ? await client.invoke('lab.curve', { id }) : null };
  });
  const compared = loadedStore<Compared | null>(async () => {
    const ids = [...store.getState().marked];
    if (ids.length < 2) return null;
    const answer = await client.invoke('lab.compare', { ids });
    return { ...answer, curves: await Promise.all(ids.map((id) => client.invoke('lab.curve', { id }))) };
  });

  const chart = loadedStore<LabChart | null>(async () => {
    const { charted } = store.getState();
    return charted === null ? null : await client.invoke('lab.chart', charted);
  });

  const select = (id: string | null): void => {
    if (id === store.getState().selected) return;
    store.setState({ selected: id, actionError: null, comparing: false });
    shown.clear();
    void shown.refresh();
  };

  const offChanged = client.on('lab.changed', (study) => {
    const known = list.getState().data;
    if (known === null) return;
    const studies = known.studies.some(({ id }) => id === study.id)
      ? known.studies.map((one) => (one.id === study.id ? study : one))
      : [study, ...known.studies];
    list.put({ ...known, studies });
    // The rows of a running study are asked for when it ends, and its figures come with each change.
    if (store.getState().selected === study.id && study.state !== 'running') void shown.refresh();
  });

  const ask = async (busy: LabState['busy'], work: () => Promise<string>): Promise<string | null> => {
    if (store.getState().busy !== null) return null;
    store.setState({ busy, error: null });
    try {
      const id = await work();
      store.setState({ busy: null, comparing: false });
      await list.refresh();
      select(id);
      return id;
    } catch (thrown) {
      store.setState({ busy: null, error: viewError(thrown) });
      void list.refresh();
      return null;
    }
  };
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    store.setState({ actionError: null });
    try {
      await work();
      await Promise.all([list.refresh(), shown.refresh()]);
    } catch (thrown) {
      store.setState({ actionError: viewError(thrown) });
    }
  };

  return {
    ...store,
    list,
    families,
    imported,
    shown,
    compared,
    chart,
    select,
    openTrade(of) {
      chart.clear();
      store.setState({ charted: of });
      void chart.refresh();
    },
    mark(id) {
      const { marked } = store.getState();
      const next = marked.includes(id) ? marked.filter((one) => one !== id) : [...marked, id].slice(-MOST_COMPARED);
      store.setState({ marked: next, ...(next.length < 2 ? { comparing: false } : {}) });
      if (store.getState().comparing) void compared.refresh();
    },
    compare(on) {
      store.setState({ comparing: on });
      if (!on) return;
      compared.clear();
      void compared.refresh();
    },
    backtest: (request) => ask('backtest', async () => (await client.invoke('lab.backtest', request)).id),
    search: (request) => ask('study', async () => (await client.invoke('lab.search', request)).id),
    walkForward: (request) => ask('study', async () => (await client.invoke('lab.walkForward', request)).id),
    cancel: (id) => act(() => client.invoke('lab.cancel', { id })),
    resume: (id) => act(() => client.invoke('lab.resume', { id })),
    openHoldout: (id) => act(() => client.invoke('lab.openHoldout', { id })),
    async refresh() {
      await Promise.all([list.refresh(), families.refresh(), imported.refresh()]);
    },
    dispose: offChanged,
  };
}
