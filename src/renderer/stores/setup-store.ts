import type { AppClient } from '#shared/contract/app-contract.ts';
import type { SetupView } from '#shared/contract/setup.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type SetupStore = LoadedStore<SetupView> & { dispose(): void };

/** How far the set-up is; asked for again when a cycle begins or ends and when the master has kept a step. */
export function createSetupStore(client: AppClient): SetupStore {
  const store = loadedStore<SetupView>(() => client.invoke('setup.get', {}));
  let seen = '';
  const again = (mark: string): void => {
    if (mark === seen) return;
    seen = mark;
    // Nobody has looked at it yet: whoever does asks.
    if (store.getState().data !== null) void store.refresh();
  };
  const undo = [
    client.on('cycle.changed', ({ cycle, state }) => again(`${cycle} ${state}`)),
    client.on('preferences.changed', ({ setupReviewed }) => again(setupReviewed.join())),
  ];
  return {
    ...store,
    dispose() {
      for (const off of undo) off();
    },
  };
}
