import type { AlertKindView, AlertListView, AlertView, PriceAlertView } from '#shared/contract/alerts.ts';
import type { AppClient, AppInput } from '#shared/contract/app-contract.ts';
import { createListeners } from '#shared/transport/ports.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type AlertsStore = {
  readonly list: LoadedStore<AlertListView>;
  readonly kinds: LoadedStore<readonly AlertKindView[]>;
  readonly prices: LoadedStore<readonly PriceAlertView[]>;
  /** What is to be shown now; it stands in the list as well. */
  onTell(listener: (alert: AlertView) => void): () => void;
  markRead(ids: readonly number[] | 'all'): Promise<void>;
  /** Rejects with what the engine says: some kinds are always told. */
  mute(kind: AlertKindView['kind'], muted: boolean): Promise<void>;
  /** Rejects with what is wrong with the level. */
  setPrice(asked: Omit<AppInput<'alerts.price_set'>, 'market'>): Promise<void>;
  removePrice(id: string): Promise<void>;
  dispose(): void;
};

/** As many as the engine keeps. */
const ALL = 500;

export function createAlertsStore(client: AppClient): AlertsStore {
  const list = loadedStore<AlertListView>(() => client.invoke('alerts.list', { limit: ALL }));
  const kinds = loadedStore<readonly AlertKindView[]>(() => client.invoke('alerts.kinds', {}));
  const prices = loadedStore<readonly PriceAlertView[]>(() => client.invoke('alerts.price_list', {}));
  const told = createListeners<AlertView>();
  const undo = [
    client.on('alerts.raised', ({ alert, tell, unread }) => {
      const known = list.getState().data?.alerts ?? [];
      const others = known.filter(({ id }) => id !== alert.id);
      list.put({ alerts: [alert, ...others].toSorted((a, b) => b.lastAt - a.lastAt).slice(0, ALL), unread });
      if (tell) told.emit(alert);
      // A price that was reached once is no longer watched.
      if (alert.kind === 'price_reached') void prices.refresh();
    }),
    client.on('alerts.changed', () => void list.refresh()),
  ];
  return {
    list,
    kinds,
    prices,
    onTell: (listener) => told.add(listener),
    async markRead(ids) {
      await client.invoke('alerts.read', { ids: ids === 'all' ? ids : [...ids] });
      await list.refresh();
    },
    async mute(kind, muted) {
      kinds.put(await client.invoke('alerts.mute', { kind, muted }));
    },
    async setPrice(asked) {
      await client.invoke('alerts.price_set', asked);
      await prices.refresh();
    },
    async removePrice(id) {
      prices.put(await client.invoke('alerts.price_remove', { id }));
    },
    dispose() {
      for (const off of undo) off();
    },
  };
}
