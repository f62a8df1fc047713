import type { SecretStore, SecretStoreState } from '#core/ports/secret-store.ts';

export type MemorySecretStore = SecretStore & {
  readonly entries: Map<string, string>;
  /** A locked keyring answers null to everything and fails its probe. */
  lock(): void;
  unlock(): void;
};

/** A keychain in memory that can be locked, emptied and absent, for tests that need no real one. */
export function createMemorySecretStore(state: 'ready' | 'missing' = 'ready'): MemorySecretStore {
  const entries = new Map<string, string>();
  let locked = false;
  const missing: SecretStoreState = {
    kind: 'missing',
    backend: 'memory',
    why: state === 'missing' ? 'there is none' : 'it is locked',
    remedy: 'unlock it',
  };
  return {
    entries,
    lock: () => {
      locked = true;
    },
    unlock: () => {
      locked = false;
    },
    probe: async () => (state === 'missing' || locked ? missing : { kind: 'ready', backend: 'memory' }),
    get: async (account) => (locked ? null : (entries.get(account) ?? null)),
    set: async (account, secret) => {
      if (locked || state === 'missing') throw new Error('the keychain is locked');
      entries.set(account, secret);
    },
    delete: async (account) => entries.delete(account),
  };
}
