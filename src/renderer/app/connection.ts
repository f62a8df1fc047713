import { createStore, type StoreApi } from 'zustand/vanilla';
import { appContract } from '#shared/contract/app-contract.ts';
import { createClient } from '#shared/transport/client.ts';
import { type ViewError, viewError } from '../stores/loaded.ts';
import { createStores, type Stores } from '../stores/stores.ts';
import type { Access } from './open-port.ts';

export type ConnectionState = {
  /** `mismatch`, `no_key` and `wrong_key` will not change by trying again. */
  readonly phase: 'connecting' | 'ready' | 'disconnected' | 'mismatch' | 'no_key' | 'wrong_key';
  /** The stores of the last connection; kept after it broke, so that the last figures stay readable. */
  readonly stores: Stores | null;
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

  const connect = (): void => {
    clearTimeout(retry);
    if (access.kind === 'none' || store.getState().phase === 'ready') return;
    if (store.getState().phase !== 'connecting') set({ phase: 'connecting' });
    let over = false;
    const end = (thrown: unknown): void => {
      if (over) return;
      over = true;
      broken(thrown);
    };
    const client = createClient(appContract, access.open(), { onDisconnect: end });
    const begin = (): void => {
      if (over) return;
      wait = FIRST_WAIT_MS;
      store.getState().stores?.dispose();
      set({
        phase: 'ready',
        stores: createStores(client),
        generation: store.getState().generation + 1,
        error: null,
      });
    };
    client.ready.then(begin, end);
  };

  return { ...store, connect };
}
