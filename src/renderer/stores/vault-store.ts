import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient, AppInput, AppOutput } from '#shared/contract/app-contract.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import { type ViewError, viewError } from './loaded.ts';

export type VaultState = {
  readonly status: VaultStatus | null;
  readonly busy: boolean;
  readonly error: ViewError | null;
  /** What the kill switch of a shut vault answered. */
  readonly killed: AppOutput<'engine.kill'> | null;
};

/** The vault as this window sees it. Secrets pass through its functions and stay in none of its state. */
export type VaultStore = StoreApi<VaultState> & {
  refresh(): Promise<void>;
  /** Each answers whether it was done; what was wrong is in `error`. */
  unlock(credential: AppInput<'vault.unlock'>): Promise<boolean>;
  protect(protection: AppInput<'vault.set_passphrase'>): Promise<boolean>;
  lock(): Promise<boolean>;
  kill(): Promise<boolean>;
  forgetError(): void;
  dispose(): void;
};

/** Whether the window may show anything of the account. */
export const isShut = (status: VaultStatus): boolean => status.state === 'sealed' || status.state === 'locked';

export function createVaultStore(client: AppClient): VaultStore {
  const store = createStore<VaultState>(() => ({ status: null, busy: false, error: null, killed: null }));
  const set = store.setState;
  const off = client.on('vault.changed', (status) => set({ status }));
  const attempt = async (work: () => Promise<Partial<VaultState>>): Promise<boolean> => {
    if (store.getState().busy) return false;
    set({ busy: true, error: null });
    try {
      set({ ...(await work()), busy: false });
      return true;
    } catch (thrown) {
      set({ busy: false, error: viewError(thrown) });
      return false;
    }
  };
  /** A refusal may have changed what the status says: attempts that are left, a wait, a keyring that is locked. */
  const judged = async (work: Promise<VaultStatus>): Promise<Partial<VaultState>> => {
    try {
      return { status: await work };
    } catch (thrown) {
      set({ status: await client.invoke('vault.status', {}) });
      throw thrown;
    }
  };
  return {
    ...store,
    refresh: async () => set({ status: await client.invoke('vault.status', {}) }),
    unlock: (credential) => attempt(() => judged(client.invoke('vault.unlock', credential))),
    protect: (protection) => attempt(() => judged(client.invoke('vault.set_passphrase', protection))),
    lock: () => attempt(() => judged(client.invoke('vault.lock', {}))),
    kill: () =>
      attempt(async () => ({
        killed: await client.invoke('engine.kill', { reason: 'kill switch of the locked window' }),
      })),
    forgetError: () => set({ error: null }),
    dispose: off,
  };
}
