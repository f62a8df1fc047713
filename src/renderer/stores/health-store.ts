import type { AppClient } from '#shared/contract/app-contract.ts';
import type { HealthView, LogLineView } from '#shared/contract/health.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type HealthStore = {
  readonly view: LoadedStore<HealthView>;
  readonly log: LoadedStore<readonly LogLineView[]>;
  refresh(): Promise<void>;
  /** Looks again every few seconds while somebody looks. Returns the undo. */
  follow(): () => void;
};

const EVERY_MS = 5_000;

export function createHealthStore(client: AppClient): HealthStore {
  const view = loadedStore<HealthView>(() => client.invoke('health.get', {}));
  const log = loadedStore<readonly LogLineView[]>(async () =>
    (await client.invoke('health.log', { level: 'info', limit: 200 })).toReversed(),
  );
  const refresh = async (): Promise<void> => {
    await Promise.all([view.refresh(), log.refresh()]);
  };
  return {
    view,
    log,
    refresh,
    follow() {
      void refresh();
      const timer = setInterval(() => void refresh(), EVERY_MS);
      return () => clearInterval(timer);
    },
  };
}
