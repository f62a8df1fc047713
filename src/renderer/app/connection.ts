import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppClient, appContract } from '#shared/contract/app-contract.ts';
import { createClient } from '#shared/transport/client.ts';
import { type ViewError, viewError } from '../stores/loaded.ts';
import { createStores, type Stores } from '../stores/stores.ts';
import { createVaultStore, isShut, type VaultStore } from '../stores/vault-store.ts';
import type { Access } from './open-port.ts';

export type ConnectionState = {
  /** `mismatch`, `no_key` and `wrong_key` will not change by trying again. */
  readonly phase: 'connecting' | 'ready' | 'locked' | 'disconnected' | 'mismatch' | 'no_key' | 'wrong_key';
  /** The stores of the last connection; kept after it broke, so that the last figures stay readable. None while the vault is shut. */
  readonly stores: Stores | null;
  /** The vault of this connection. */
  readonly vault: VaultStore | null;
  /** Counts connections; a new one draws the screens afresh. */
  readonly generation: number;
  readonly error: ViewError | null;
  readonly since: number;
};

export type Connection = StoreApi<ConnectionState> & {
  /** Connects now, without waiting for the next automatic try. */
  readonly connect: () => void;
};

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10_000;

export function createConnection(access: Access): Connection {
  const store = createStore<ConnectionState>(() => ({
    phase: access.kind === 'none' ? 'no_key' : 'connecting',
    stores: null,
    vault: null,
    generation: 0,
    error: null,
    since: Date.now(),
  }));
  const set = (change: Partial<ConnectionState>): void => store.setState({ ...change, since: Date.now() });
  let wait = FIRST_WAIT_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const broken = (thrown: unknown): void => {
    const error = viewError(thrown);
    // Another version will not become the same version by asking again.
    if (error.code === 'contract_mismatch') return set({ phase: 'mismatch', error });
    // Nor will a wrong key become right; every wrong try also counts against this machine at the engine's door.
    if (error.code === 'forbidden') return set({ phase: 'wrong_key', error });
    set({ phase: 'disconnected', error });
    retry = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };

  /** Shows what the vault lets this window see: everything, or nothing that was loaded before. */
  const follow = (client: AppClient, vault: VaultStore): void => {
    const { status } = vault.getState();
    const { phase, stores, generation } = store.getState();
    if (status === null) return;
    if (isShut(status) || (status.state === 'changing' && phase !== 'ready')) {
      if (phase === 'locked') return;
      stores?.dispose();
      set({ phase: 'locked', stores: null, error: null });
    } else if (phase !== 'ready' || stores === null || stores.vault !== vault) {
      stores?.dispose();
      set({ phase: 'ready', stores: createStores(client, vault), generation: generation + 1, error: null });
    }
  };

  const connect = (): void => {
    clearTimeout(retry);
    const { phase } = store.getState();
    if (access.kind === 'none' || phase === 'ready' || phase === 'locked') return;
    if (phase !== 'connecting') set({ phase: 'connecting' });
    let over = false;
    const end = (thrown: unknown): void => {
      if (over) return;
      over = true;
      store.getState().vault?.dispose();
      client.close();
      broken(thrown);
    };
    const client = createClient(appContract, access.open(), { onDisconnect: end });
    const begin = async (): Promise<void> => {
      const vault = createVaultStore(client);
      await vault.refresh();
      if (over) return vault.dispose();
      wait = FIRST_WAIT_MS;
      set({ vault });
      follow(client, vault);
      vault.subscribe((now, before) => {
        if (over || now.status === before.status) return;
        follow(client, vault);
        // The engine was closed and opened again for it; the screens stay, and ask it anew.
        if (before.status?.state === 'changing') void store.getState().stores?.refresh();
      });
    };
    client.ready.then(begin).catch(end);
  };

  return { ...store, connect };
}
