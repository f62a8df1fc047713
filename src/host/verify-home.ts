import { randomBytes } from 'node:crypto';
import { sha256 } from '#adapters/digest/sha256.ts';
import { openStorage } from '#adapters/sqlite/open-storage.ts';
import { createChain } from '#core/journal/chain.ts';
import type { SignedHead } from '#core/journal/signed-head.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import { type JournalVerdict, verifyJournal } from './audit/verify-journal.ts';
import { finishRestore } from './backup/restore-plan.ts';
import { witnessesOf } from './durable/open-durable.ts';
import { acquireEngineLock } from './engine-lock.ts';
import { prepareHome } from './home-folder.ts';
import type { Credential } from './vault/credential.ts';
import { wipeKeys } from './vault/keys.ts';
import { needsCredential, openVault, vaultHeader } from './vault/open-vault.ts';

/**
 * Verifies the journal of a folder on which no engine runs, without starting one: an engine would not start on a broken journal, and a
 * fresh one would write its first record into it.
 */
export async function verifyHome(
  home: string,
  secrets: SecretStore,
  logger: Logger,
  saved?: SignedHead,
  /** Asked for only where the vault does not open without one. */
  askCredential?: () => Promise<Credential>,
): Promise<JournalVerdict> {
  const paths = prepareHome(home);
  const lock = acquireEngineLock(paths.runDir, Date.now);
  try {
    await finishRestore(paths.home, secrets);
    const header = vaultHeader(home);
    const asked = header !== undefined && needsCredential(header) ? await askCredential?.() : undefined;
    const vault = await openVault({ home, secrets, now: Date.now, randomBytes }, asked);
    const storage = openStorage({
      journalPath: paths.journalDb,
      headPath: paths.journalHead,
      marketPath: paths.marketDb,
      keys: vault.keys,
      chain: createChain(sha256),
      logger,
    });
    wipeKeys(vault.keys);
    try {
      return await verifyJournal(witnessesOf(storage, { paths, vault, secrets }), saved);
    } finally {
      storage.close();
    }
  } finally {
    lock.release();
  }
}
