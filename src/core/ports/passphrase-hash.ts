/** What one guess at a passphrase costs. Kept beside what it protects, so that it can grow with the machines. */
export type PassphraseCost = {
  readonly memoryKiB: number;
  /** How often that memory is gone through. */
  readonly passes: number;
  /** Parallel lanes. */
  readonly lanes: number;
};

/** Turns a passphrase into 32 key bytes, slowly and with much memory on purpose. */
export interface PassphraseHash {
  /** Runs beside the caller's thread; takes hundreds of milliseconds with a cost that is worth anything. */
  derive(passphrase: string, salt: Uint8Array, cost: PassphraseCost): Promise<Uint8Array>;
}
