import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sha256 } from '#adapters/digest/sha256.ts';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { openLabStore } from '#adapters/sqlite/lab-store.ts';
import { openDb } from '#adapters/sqlite/open-db.ts';
import { createChain } from '#core/journal/chain.ts';
import { backupSource } from '#host/backup/backup-service.ts';
import { type BackupSource } from '#host/backup/make-backup.ts';
import { restoreBackup } from '#host/backup/restore-backup.ts';
import { openDurable } from '#host/durable/open-durable.ts';
import { prepareHome } from '#host/home-folder.ts';
import { openVault } from '#host/vault/open-vault.ts';
import { createMemorySecretStore } from './memory-secret-store.ts';
import { draft, openStorageWith } from './storage.ts';

/** A machine without a keychain: the key lies in the folder, so that another process can open it. */
const secrets = createMemorySecretStore('missing');
const logger = createRingLogger({ verbose: false });

export type BackedUpHome = {
  readonly source: BackupSource;
  /** Adds about so many bytes of records. */
  grow(bytes: number): void;
  verify(): boolean;
  close(): Promise<void>;
};

/** A data folder with a real vault, journal and lab, as an engine has them open. */
export async function openBackedUpHome(home: string): Promise<BackedUpHome> {
  const paths = prepareHome(home);
  const vault = await openVault({ home, secrets, now: Date.now, randomBytes });
  const storage = openStorageWith(home, vault.keys);
  const lab = openLabStore(paths.labDb, vault.keys.db);
  const durable = openDurable({ storage, paths, vault, secrets, now: Date.now, logger, onChange: () => undefined });
  const { journal } = durable.storage;
  let n = journal.head().seq;
  return {
    source: backupSource(paths, vault, durable, lab),
    grow(bytes) {
      for (let grown = 0; grown < bytes; grown += 100 * 1_000) {
        const batch = Array.from({ length: 100 }, () =>
          draft('R-grow', n++, { text: randomBytes(400).toString('hex') }),
        );
        journal.append(0, batch);
      }
    },
    verify: () => journal.verify().ok,
    async close() {
      await durable.close();
      lab.close();
      storage.close();
    },
  };
}

/** Every row of every table of a database, as one hash. The place of pages in the file is not part of it. */
export function contentOf(path: string, key: Buffer): string {
  const db = openDb(path, key, 'journal');
  try {
    const hash = createHash('sha256');
    const tables = db
      .prepare<[], { name: string }>(`select name from sqlite_master where type = 'table' order by name`)
      .all();
    for (const { name } of tables) {
      hash.update(`${name}\n`);
      for (const row of db.prepare(`select * from "${name}" order by 1, 2`).iterate())
        hash.update(`${JSON.stringify(row)}\n`);
    }
    return hash.digest('hex');
  } finally {
    db.close();
  }
}

/** Keys of a folder that no process holds. */
export const keysOf = async (home: string) => (await openVault({ home, secrets, now: Date.now, randomBytes })).keys;

/** Restores into a folder of its own, without a record that says so. */
export const restoreInto = (home: string, backup: string, to: string) =>
  restoreBackup({
    home,
    backup: join(home, 'backups', backup),
    to,
    takeOver: false,
    secrets,
    now: Date.now,
    randomBytes,
    chain: createChain(sha256),
    logger,
  });
