import { parseSignedHead } from '#adapters/files/signed-heads-file.ts';
import type { SignedHead } from '#core/journal/signed-head.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';

/** What the keychain remembers of the journal. */
export type KeychainHead =
  | { readonly kind: 'head'; readonly head: SignedHead }
  /** It answers, and holds nothing for this vault; a locked keyring answers the same. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  /** This vault uses no keychain, or it does not answer. */
  | { readonly kind: 'unavailable'; readonly why: string };

/** The newest head in the system keychain, out of reach of whoever can only change files. */
export type HeadKeychain = {
  read(): Promise<KeychainHead>;
  /** Rejects with Fault `locked` when it cannot be stored. */
  write(head: SignedHead): Promise<void>;
};

export function openHeadKeychain(secrets: SecretStore, vaultId: string): HeadKeychain {
  const account = `journal-head-${vaultId}`;
  return {
    async read() {
      let text: string | null;
      try {
        text = await secrets.get(account);
      } catch (error) {
        if (error instanceof Fault) return { kind: 'unavailable', why: error.message };
        throw error;
      }
      if (text === null) return { kind: 'none' };
      const head = parseSignedHead(text);
      return head === undefined ? { kind: 'unreadable' } : { kind: 'head', head };
    },
    write: (head) => secrets.set(account, JSON.stringify(head)),
  };
}

/** Vaults that open without a keychain: on such a machine there is none, and asking could wait for a bus that hangs. */
const WITHOUT_KEYCHAIN: ReadonlySet<string> = new Set(['open_file', 'passphrase']);

const noHeadKeychain: HeadKeychain = {
  read: async () => ({ kind: 'unavailable', why: 'this vault uses no keychain' }),
  write: async () => undefined,
};

/** The keychain that vouches for a vault's journal, by the slot through which the vault was opened. */
export const headKeychainOf = (
  secrets: SecretStore,
  { vaultId, slot }: { readonly vaultId: string; readonly slot: string },
): HeadKeychain => (WITHOUT_KEYCHAIN.has(slot) ? noHeadKeychain : openHeadKeychain(secrets, vaultId));
