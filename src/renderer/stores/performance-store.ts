import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { PerformanceView, TargetsView } from '#shared/contract/performance.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type PerformanceState = { readonly account: string; readonly days: number | null };

export type PerformanceStore = StoreApi<PerformanceState> & {
  readonly view: LoadedStore<PerformanceView>;
  readonly targets: LoadedStore<TargetsView>;
  readonly scorecard: LoadedStore<ScorecardView>;
  look(change: Partial<PerformanceState>): void;
  refresh(): Promise<void>;
};

export function createPerformanceStore(client: AppClient): PerformanceStore {
  const store = createStore<PerformanceState>(() => ({ account: 'simulated', days: null }));
  const view = loadedStore(() => client.invoke('performance.get', store.getState()));
  const targets = loadedStore(() => client.invoke('performance.targets', { account: store.getState().account }));
  const scorecard = loadedStore(() => client.invoke('scorecard.show', {}));
  const refresh = async (): Promise<void> => {
    await Promise.all([view.refresh(), targets.refresh(), scorecard.refresh()]);
  };
  return {
    ...store,
    view,
    targets,
    scorecard,
    refresh,
    look(change) {
      store.setState(change);
      void Promise.all([view.refresh(), targets.refresh()]);
    },
  };
}
