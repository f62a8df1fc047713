import { randomBytes } from 'node:crypto';
import { sha256 } from '#adapters/digest/sha256.ts';
import { openStorage } from '#adapters/sqlite/open-storage.ts';
import { createChain } from '#core/journal/chain.ts';
import type { VerifyResult } from '#core/journal/types.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import { acquireEngineLock } from './engine-lock.ts';
import { prepareHome } from './home-folder.ts';
import { wipeKeys } from './vault/keys.ts';
import { openVault } from './vault/open-vault.ts';

/**
 * Verifies the journal of a folder on which no engine runs, without starting one: an engine would not start on a broken journal, and a
 * fresh one would write its first record into it.
 */
export async function verifyHome(home: string, secrets: SecretStore, logger: Logger): Promise<VerifyResult> {
  const paths = prepareHome(home);
  const lock = acquireEngineLock(paths.runDir, Date.now);
  try {
    const vault = await openVault({ home, secrets, now: Date.now, randomBytes });
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
      return storage.journal.verify();
    } finally {
      storage.close();
    }
  } finally {
    lock.release();
  }
}
