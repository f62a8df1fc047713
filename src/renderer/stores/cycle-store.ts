import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppContract, AppOutput } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import type { CallRequest } from '#shared/contract/define.ts';
import { hasTraded } from '#shared/contract/has-traded.ts';
import { frameBatch } from './frame-batch.ts';
import { type ViewError, viewError } from './loaded.ts';

export type CycleSummaryView = AppOutput<'cycle.list'>[number];
export type StartRequest = CallRequest<AppContract, 'cycle.start'>;

export type CycleState = {
  /** The newest cycle, running or ended; null when there is none or it is not known yet. */
  readonly newest: CycleView | null;
  /** When `newest` came, on the clock of the page (`performance.now`): its running stage goes on counting from there. */
  readonly newestAt: number;
  /** An older cycle the master opened; null shows the newest. */
  readonly opened: CycleView | null;
  readonly openedAt: number;
  readonly recent: readonly CycleSummaryView[];
  readonly loaded: boolean;
  readonly error: ViewError | null;
  /** From the press until the engine has answered. */
  readonly starting: boolean;
  readonly canceling: boolean;
  /** The agent has traded, and the master is asked whether its position may be closed. */
  readonly asking: boolean;
  readonly startError: ViewError | null;
};

export type CycleStore = StoreApi<CycleState> & {
  refresh(): Promise<void>;
  /** One press is one request: while one is on its way a second sends nothing. */
  start(request: StartRequest): Promise<void>;
  /** At once while nothing was bought or sold; after that the first press asks and a second one within five seconds cancels. */
  cancel(reason: string): Promise<void>;
  open(cycle: number | null): Promise<void>;
  dispose(): void;
};

const RECENT = 12;
const ASKING_MS = 5000;

export function createCycleStore(client: AppClient): CycleStore {
  const store = createStore<CycleState>(() => ({
    newest: null,
    newestAt: 0,
    opened: null,
    openedAt: 0,
    recent: [],
    loaded: false,
    error: null,
    starting: false,
    canceling: false,
    asking: false,
    startError: null,
  }));
  const set = store.setState;
  let unasked: ReturnType<typeof setTimeout> | undefined;

  const stopAsking = (): void => {
    clearTimeout(unasked);
    if (store.getState().asking) set({ asking: false });
  };

  const refreshRecent = async (): Promise<void> => {
    try {
      set({ recent: await client.invoke('cycle.list', { limit: RECENT }) });
    } catch (thrown) {
      set({ error: viewError(thrown) });
    }
  };

  const batch = frameBatch<CycleView>((all) => {
    const before = store.getState().newest;
    // Older agents go on beside the one that is shown.
    const view = all.findLast(({ cycle }) => cycle >= Math.max(before?.cycle ?? 0, ...all.map((one) => one.cycle)));
    if (view === undefined) return;
    set({ newest: view, newestAt: performance.now(), loaded: true, error: null });
    if (view.state !== 'running') stopAsking();
    if (before?.runId !== view.runId || before.state !== view.state) void refreshRecent();
  });
  const off = client.on('cycle.changed', batch.push);

  return {
    ...store,
    async refresh() {
      try {
        const newest = await client.invoke('cycle.get', {});
        set({ newest, newestAt: performance.now(), loaded: true, error: null });
      } catch (thrown) {
        set({ loaded: true, error: viewError(thrown) });
      }
      await refreshRecent();
    },
    async start(request) {
      if (store.getState().starting) return;
      set({ starting: true, startError: null, opened: null });
      try {
        const { cycle } = await client.invoke('cycle.start', request);
        const view = await client.invoke('cycle.get', { cycle });
        // A pushed view may be further along than the one asked for.
        if (view !== null && store.getState().newest?.runId !== view.runId)
          set({ newest: view, newestAt: performance.now() });
        set({ starting: false });
      } catch (thrown) {
        set({ starting: false, startError: viewError(thrown) });
      }
      await refreshRecent();
    },
    async cancel(reason) {
      const { canceling, asking, newest } = store.getState();
      if (canceling) return;
      if (hasTraded(newest) && !asking) {
        set({ asking: true });
        clearTimeout(unasked);
        unasked = setTimeout(stopAsking, ASKING_MS);
        return;
      }
      stopAsking();
      set({ canceling: true, startError: null });
      try {
        await client.invoke('cycle.cancel', { reason });
        set({ canceling: false });
      } catch (thrown) {
        set({ canceling: false, startError: viewError(thrown) });
      }
    },
    async open(cycle) {
      if (cycle === null || cycle === store.getState().newest?.cycle) {
        set({ opened: null });
        return;
      }
      try {
        const opened = await client.invoke('cycle.get', { cycle });
        set({ opened, openedAt: performance.now() });
      } catch (thrown) {
        set({ startError: viewError(thrown) });
      }
    },
    dispose() {
      stopAsking();
      off();
      batch.cancel();
    },
  };
}
