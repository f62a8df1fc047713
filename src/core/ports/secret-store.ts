export type SecretStoreState =
  | { readonly kind: 'ready'; readonly backend: string }
  | { readonly kind: 'missing'; readonly backend: string; readonly why: string; readonly remedy: string };

/** The operating system's keychain. `get` answers null both for "nothing stored" and for a locked keyring: the caller must tell them apart. */
export interface SecretStore {
  /** Writes, reads back and deletes a probe value. Never throws: a missing library or daemon is a state. */
  probe(): Promise<SecretStoreState>;
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  delete(account: string): Promise<boolean>;
}
