import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { MeasurementView } from '#shared/contract/measurements.ts';
import type { PerformanceView, TargetsView } from '#shared/contract/performance.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type PerformanceState = { readonly account: string; readonly days: number | null };

export type PerformanceStore = StoreApi<PerformanceState> & {
  readonly view: LoadedStore<PerformanceView>;
  readonly targets: LoadedStore<TargetsView>;
  readonly scorecard: LoadedStore<ScorecardView>;
  /** The newest measurement of the analysts on recorded candles that has a card; null while none was shown. */
  readonly measured: LoadedStore<MeasurementView | null>;
  showMeasured(id: string): void;
  look(change: Partial<PerformanceState>): void;
  refresh(): Promise<void>;
};

export function createPerformanceStore(client: AppClient): PerformanceStore {
  const store = createStore<PerformanceState>(() => ({ account: 'simulated', days: null }));
  const view = loadedStore(() => client.invoke('performance.get', store.getState()));
  const targets = loadedStore(() => client.invoke('performance.targets', { account: store.getState().account }));
  const scorecard = loadedStore(() => client.invoke('scorecard.show', {}));
  let shown: string | null = null;
  const measured = loadedStore<MeasurementView | null>(async () =>
    shown === null ? null : client.invoke('lab.measurement', { id: shown }),
  );
  const refresh = async (): Promise<void> => {
    await Promise.all([view.refresh(), targets.refresh(), scorecard.refresh()]);
  };
  return {
    ...store,
    view,
    targets,
    scorecard,
    refresh,
    measured,
    showMeasured(id) {
      if (id === shown) return;
      shown = id;
      void measured.refresh();
    },
    look(change) {
      store.setState(change);
      void Promise.all([view.refresh(), targets.refresh()]);
    },
  };
}
