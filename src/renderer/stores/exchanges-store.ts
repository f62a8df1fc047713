import type { AccountView } from '#shared/contract/accounts.ts';
import type { AppClient, AppInput, AppOutput } from '#shared/contract/app-contract.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type KeyName = AppOutput<'keys.list'>[number];
export type VenueListView = AppOutput<'venue.list'>;
export type VenueCheckResult = AppOutput<'venue.check'>;

/** Keys, accounts and venues. Each act throws what the engine refused; a key's secrets pass through and stay in none of it. */
export type ExchangesStore = {
  readonly keys: LoadedStore<readonly KeyName[]>;
  readonly venues: LoadedStore<VenueListView>;
  refresh(): Promise<void>;
  putKey(given: AppInput<'keys.put'>): Promise<void>;
  removeKey(name: string): Promise<void>;
  addAccount(given: AppInput<'accounts.add'>): Promise<void>;
  removeAccount(name: string): Promise<void>;
  /** At the venue's test system: a check places orders, so nothing else is asked for. */
  check(id: string): Promise<VenueCheckResult>;
};

export function createExchangesStore(client: AppClient, accounts: LoadedStore<readonly AccountView[]>): ExchangesStore {
  const keys = loadedStore<readonly KeyName[]>(() => client.invoke('keys.list', {}));
  const venues = loadedStore<VenueListView>(() => client.invoke('venue.list', {}));
  return {
    keys,
    venues,
    refresh: async () => void (await Promise.all([keys.refresh(), venues.refresh()])),
    async putKey(given) {
      await client.invoke('keys.put', given);
      await keys.refresh();
    },
    async removeKey(name) {
      await client.invoke('keys.remove', { name });
      await keys.refresh();
    },
    async addAccount(given) {
      await client.invoke('accounts.add', given);
      await accounts.refresh();
    },
    removeAccount: async (name) => accounts.put(await client.invoke('accounts.remove', { name })),
    async check(id) {
      const result = await client.invoke('venue.check', { id, sandbox: true });
      await venues.refresh();
      return result;
    },
  };
}
