import { join } from 'node:path';
import type { BootClock } from '#adapters/clock-system/boot-clock.ts';
import type { PassphraseCost, PassphraseHash } from '#core/ports/passphrase-hash.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';

/** What everything that opens or changes a vault is given. */
export type VaultOptions = {
  /** A prepared data folder; the engine lock is held. */
  readonly home: string;
  readonly secrets: SecretStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (size: number) => Buffer;
  /** Argon2id unless a test gives another. */
  readonly hash?: PassphraseHash;
  /** The machine's own unless a test gives another. */
  readonly bootClock?: BootClock;
  /** What a new passphrase is stretched with; measured on this machine when left out. Only tests give one, to be quick. */
  readonly cost?: PassphraseCost;
  /** Told before each step of a change that takes several, by name. */
  readonly onStep?: (step: string) => void;
};

export const headerPath = (home: string): string => join(home, 'vault', 'header.json');
export const openKeyPath = (home: string): string => join(home, 'vault', 'open.key');
export const lastEnvironmentPath = (home: string): string => join(home, 'vault', 'last-environment.json');
export const attemptsPath = (home: string): string => join(home, 'vault', 'attempts.json');
