import type { AppClient } from '#shared/contract/app-contract.ts';
import type { PreflightAnswer } from '#shared/contract/cycle.ts';
import { frameBatch } from './frame-batch.ts';
import type { LaunchStore } from './launch-store.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type PreflightStore = LoadedStore<PreflightAnswer> & { dispose(): void };

/** What the next press needs, asked again whenever the engine or the choice has changed. */
export function createPreflightStore(client: AppClient, launch: LaunchStore): PreflightStore {
  const store = loadedStore<PreflightAnswer>(() =>
    client.invoke('cycle.preflight', { instrument: launch.getState().instrument }),
  );
  const batch = frameBatch<unknown>(() => void store.refresh());
  const offEngine = client.on('engine.changed', batch.push);
  const offLaunch = launch.subscribe((now, before) => {
    if (now.instrument !== before.instrument) void store.refresh();
  });
  return {
    ...store,
    dispose() {
      offEngine();
      offLaunch();
      batch.cancel();
    },
  };
}
