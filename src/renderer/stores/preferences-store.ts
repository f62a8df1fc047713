import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { Preferences } from '#shared/contract/preferences.ts';
import { lookOf, preferenceStore, takePreferences } from '../app/preferences.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type PreferencesStore = LoadedStore<Preferences> & {
  /** Why the last change could not be kept; null when it was. */
  readonly refusal: StoreApi<{ readonly error: ViewError | null }>;
  /** Shows the change at once and asks the engine to keep it. What it refuses is taken back, except for looks, which then last as long as this window. */
  change(changes: Partial<Preferences>): Promise<void>;
  dispose(): void;
};

export function createPreferencesStore(client: AppClient): PreferencesStore {
  const store = loadedStore<Preferences>(() => client.invoke('preferences.get', {}));
  const refusal = createStore<{ readonly error: ViewError | null }>(() => ({ error: null }));
  const offStore = store.subscribe(({ data, phase }) => {
    if (phase === 'ready' && data !== null) takePreferences(data);
  });
  const off = client.on('preferences.changed', (now) => store.put(now));
  return {
    ...store,
    refusal,
    async change(changes) {
      refusal.setState({ error: null });
      takePreferences({ ...preferenceStore.getState(), ...changes });
      try {
        store.put((await client.invoke('preferences.set', { changes })).preferences);
      } catch (thrown) {
        refusal.setState({ error: viewError(thrown) });
        const { data } = store.getState();
        if (data !== null) takePreferences({ ...data, ...lookOf(preferenceStore.getState()) });
      }
    },
    dispose() {
      off();
      offStore();
    },
  };
}
