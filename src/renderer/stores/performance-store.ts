import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import type { PerformanceView, TargetsView } from '#shared/contract/performance.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type PerformanceState = { readonly account: string; readonly days: number | null };

/** One measurement of the analysts on recorded candles, from this window. */
export type MeasuringState = {
  /** When the one that runs began, in local milliseconds; null while none does. */
  readonly since: number | null;
  readonly error: ViewError | null;
  /** The last one that ended well. */
  readonly measured: { readonly series: string; readonly card: ScorecardView } | null;
};
type Series = Pick<StoredSeriesView, 'instrument' | 'interval'>;

export type PerformanceStore = StoreApi<PerformanceState> & {
  readonly view: LoadedStore<PerformanceView>;
  readonly targets: LoadedStore<TargetsView>;
  readonly scorecard: LoadedStore<ScorecardView>;
  readonly measuring: StoreApi<MeasuringState>;
  /** One at a time; it goes on whatever screen is looked at. */
  measure(series: Series, moments: number): Promise<void>;
  look(change: Partial<PerformanceState>): void;
  refresh(): Promise<void>;
};

export function createPerformanceStore(client: AppClient): PerformanceStore {
  const store = createStore<PerformanceState>(() => ({ account: 'simulated', days: null }));
  const view = loadedStore(() => client.invoke('performance.get', store.getState()));
  const targets = loadedStore(() => client.invoke('performance.targets', { account: store.getState().account }));
  const scorecard = loadedStore(() => client.invoke('scorecard.show', {}));
  const measuring = createStore<MeasuringState>(() => ({ since: null, error: null, measured: null }));
  const refresh = async (): Promise<void> => {
    await Promise.all([view.refresh(), targets.refresh(), scorecard.refresh()]);
  };
  return {
    ...store,
    view,
    targets,
    scorecard,
    refresh,
    measuring,
    async measure({ instrument, interval }, moments) {
      if (measuring.getState().since !== null) return;
      measuring.setState({ since: Date.now(), error: null });
      try {
        const card = await client.invoke('scorecard.measure', {
          instrument,
          interval,
          market: { kind: 'imported' },
          moments,
        });
        measuring.setState({ since: null, measured: { series: `${instrument} ${interval}`, card } });
      } catch (thrown) {
        measuring.setState({ since: null, error: viewError(thrown) });
      }
    },
    look(change) {
      store.setState(change);
      void Promise.all([view.refresh(), targets.refresh()]);
    },
  };
}
