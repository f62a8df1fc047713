/** What may be shown of a stored key. */
export type ExchangeKeyName = {
  /** The owner's word for it, such as `kraken-main`. */
  readonly name: string;
  readonly venue: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
};

/** A key with its secrets; for the adapter that talks to the venue, never for a face or a log. */
export type ExchangeKey = {
  readonly name: string;
  readonly venue: string;
  readonly apiKey: string;
  readonly secret: string;
  /** A third secret that some venues ask for. */
  readonly password?: string;
};

/** What is absent is left as it was: a form that shows a secret as dots must not store it as empty. `null` takes the password away. */
export type ExchangeKeyChange = {
  readonly name: string;
  readonly venue: string;
  readonly apiKey?: string | undefined;
  readonly secret?: string | undefined;
  readonly password?: string | null | undefined;
};

/** The keys of the owner's accounts at venues, encrypted at rest. */
export interface ExchangeKeys {
  names(): readonly ExchangeKeyName[];
  /** Adds a key, or changes the parts given. Throws Fault `refused` before the vault has a passphrase, `usage` for half a key. */
  put(change: ExchangeKeyChange): 'added' | 'changed';
  /** Throws Fault `not_found`. */
  remove(name: string): void;
  /** Throws Fault `not_found`. */
  read(name: string): ExchangeKey;
}
