import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { BootClock } from '#adapters/clock-system/boot-clock.ts';
import { openLabStore } from '#adapters/sqlite/lab-store.ts';
import type { PassphraseCost } from '#core/ports/passphrase-hash.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import type { VaultKeys } from '#host/vault/keys.ts';
import { openVault } from '#host/vault/open-vault.ts';
import { openSecretBox } from '#host/vault/secret-box.ts';
import type { VaultOptions } from '#host/vault/vault-options.ts';
import { RECOVERY_BYTES, writeRecoveryCode } from '#shared/recovery-code.ts';
import { drafts, openStorageWith } from './storage.ts';

/** Worth nothing as protection; what is tested does not depend on it. */
export const CHEAP: PassphraseCost = { memoryKiB: 64, passes: 1, lanes: 1 };
export const PASSPHRASE = 'correct horse battery staple';
export const RECOVERY = writeRecoveryCode(Uint8Array.from({ length: RECOVERY_BYTES }, (_, index) => index * 7));

export type TestBootClock = BootClock & { advance(ms: number): void; reboot(): void };

/** A machine whose uptime is moved by hand. */
export function testBootClock(): TestBootClock {
  let [uptime, boot] = [1000, 1];
  return {
    uptimeMs: () => uptime,
    bootId: () => `boot ${boot}`,
    advance: (ms) => {
      uptime += ms;
    },
    reboot: () => {
      [uptime, boot] = [0, boot + 1];
    },
  };
}

export const vaultOptions = (home: string, secrets: SecretStore, more: Partial<VaultOptions> = {}): VaultOptions => ({
  home,
  secrets,
  now: () => 1_732_000_000_000,
  randomBytes,
  cost: CHEAP,
  bootClock: testBootClock(),
  ...more,
});

export const RECORDS = 40;

/** Opens the vault, writes something into every database, and closes them. */
export async function fillHome(options: VaultOptions): Promise<void> {
  const vault = await openVault(options);
  const storage = openStorageWith(options.home, vault.keys);
  storage.journal.append(0, drafts('R-1', RECORDS));
  storage.close();
  const lab = openLabStore(join(options.home, 'lab.db'), vault.keys.db);
  lab.close();
}

/** Opens every database with the keys of the vault and says what the journal holds. Throws when any does not open or verify. */
export function readHome(home: string, keys: VaultKeys): { readonly records: number; readonly ok: boolean } {
  const storage = openStorageWith(home, keys);
  try {
    openLabStore(join(home, 'lab.db'), keys.db).close();
    return { records: storage.journal.head().seq, ok: storage.journal.verify().ok };
  } finally {
    storage.close();
  }
}

export const testSecretBox = (home: string, fieldKey: Buffer, protectedByPassphrase = true, hidden: string[] = []) =>
  openSecretBox({
    home,
    vaultId: 'ab'.repeat(16),
    fieldKey,
    randomBytes,
    now: () => 5,
    protectedByPassphrase,
    hide: (secret) => void hidden.push(secret),
  });
