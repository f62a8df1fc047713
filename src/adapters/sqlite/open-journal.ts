import { type KeyedHash, keyedHash } from '#adapters/digest/keyed-hash.ts';
import type { HeadSigner } from '#core/journal/signed-head.ts';
import type { JournalChain } from '#core/ports/journal-chain.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { MemoryStore } from '#core/ports/memory-store.ts';
import { openAuditSigner } from './audit-signer.ts';
import { copyDatabase } from './database-copy.ts';
import { createJournalStore } from './journal-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { type Migration, migrate } from './migrate.ts';
import { journalMigration } from './migrations/0001-journal.ts';
import { memoryMigration } from './migrations/0002-memory.ts';
import { auditMigration } from './migrations/0003-audit.ts';
import { firstOfRunMigration } from './migrations/0004-first-of-run.ts';
import { memoryInTwoTimesMigration } from './migrations/0005-memory-in-two-times.ts';
import { assertIntact, openDb } from './open-db.ts';
import { assertOwnFile } from './own-file.ts';

/** Schema steps of journal.db, oldest first. */
export const journalMigrations = (mac: KeyedHash): readonly Migration[] => [
  journalMigration,
  memoryMigration,
  auditMigration(mac),
  firstOfRunMigration,
  memoryInTwoTimesMigration,
];

export type StorageKeys = {
  readonly db: Buffer;
  /** Of the keyed hash beside each record's hash. */
  readonly auditMac: Buffer;
  /** Seals the key that signs heads. */
  readonly field: Buffer;
};

export type JournalOptions = {
  readonly journalPath: string;
  readonly headPath: string;
  /** 32 bytes each, from the vault; none is kept after the call. */
  readonly keys: StorageKeys;
  readonly chain: JournalChain;
  readonly logger: Logger;
};

/** What lies in journal.db. */
export type OpenedJournal = {
  readonly journal: JournalStore;
  readonly memory: MemoryStore;
  /** Signs heads of this journal. */
  readonly signer: HeadSigner;
  /** Writes journal.db as it is now into a new file; answers what that must hold. Throws Fault `storage`. */
  copyJournal(to: string): string;
  /** Calling it twice is harmless. */
  close(): void;
};

/** Opens, checks and migrates journal.db: the one way to it that can write. When that fails, it is closed again and the Fault is thrown. */
export function openJournal({ journalPath, headPath, keys, chain, logger }: JournalOptions): OpenedJournal {
  const db = openDb(journalPath, keys.db, 'journal');
  try {
    assertOwnFile(db, journalPath, 'journal');
    assertIntact(db, journalPath);
    const mac = keyedHash(keys.auditMac);
    migrate(db, journalPath, journalMigrations(mac));
    return {
      journal: createJournalStore({ db, path: journalPath, headPath, chain, mac, logger }),
      memory: createMemoryStore(db, journalPath),
      signer: openAuditSigner(db, journalPath, keys.field),
      copyJournal: (to) => copyDatabase(db, journalPath, to),
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
