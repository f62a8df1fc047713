import { type KeyedHash, keyedHash } from '#adapters/digest/keyed-hash.ts';
import type { HeadSigner } from '#core/journal/signed-head.ts';
import type { CandleStore } from '#core/ports/candle-store.ts';
import type { JournalChain } from '#core/ports/journal-chain.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { MemoryStore } from '#core/ports/memory-store.ts';
import { openAuditSigner } from './audit-signer.ts';
import { createCandleStore } from './candle-store.ts';
import { createJournalStore } from './journal-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { type Migration, migrate } from './migrate.ts';
import { journalMigration } from './migrations/0001-journal.ts';
import { memoryMigration } from './migrations/0002-memory.ts';
import { auditMigration } from './migrations/0003-audit.ts';
import { firstOfRunMigration } from './migrations/0004-first-of-run.ts';
import { candlesMigration } from './migrations/market-0001-candles.ts';
import { candleChunksMigration } from './migrations/market-0002-candle-chunks.ts';
import { assertIntact, type Db, openDb } from './open-db.ts';
import { assertOwnFile } from './own-file.ts';

/** Schema steps of journal.db and market.db, oldest first. */
export const journalMigrations = (mac: KeyedHash): readonly Migration[] => [
  journalMigration,
  memoryMigration,
  auditMigration(mac),
  firstOfRunMigration,
];
export const MARKET_MIGRATIONS = [candlesMigration, candleChunksMigration] as const;

export type StorageKeys = {
  readonly db: Buffer;
  /** Of the keyed hash beside each record's hash. */
  readonly auditMac: Buffer;
  /** Seals the key that signs heads. */
  readonly field: Buffer;
};

export type StorageOptions = {
  readonly journalPath: string;
  readonly headPath: string;
  readonly marketPath: string;
  /** 32 bytes each, from the vault; none is kept after the call. */
  readonly keys: StorageKeys;
  readonly chain: JournalChain;
  readonly logger: Logger;
};

export type Storage = {
  readonly journal: JournalStore;
  readonly memory: MemoryStore;
  readonly candles: CandleStore;
  /** Signs heads of this journal. */
  readonly signer: HeadSigner;
  /** Closes both databases; calling it twice is harmless. */
  close(): void;
};

/** Opens, checks and migrates both databases. When one fails, the other is closed again and the Fault is thrown. */
export function openStorage(options: StorageOptions): Storage {
  const opened: Db[] = [];
  const close = (): void => {
    for (const db of opened) db.close();
  };
  try {
    const journalDb = openDb(options.journalPath, options.keys.db, 'journal');
    opened.push(journalDb);
    assertOwnFile(journalDb, options.journalPath, 'journal');
    assertIntact(journalDb, options.journalPath);
    const mac = keyedHash(options.keys.auditMac);
    migrate(journalDb, options.journalPath, journalMigrations(mac));
    const signer = openAuditSigner(journalDb, options.journalPath, options.keys.field);
    const marketDb = openDb(options.marketPath, options.keys.db, 'market');
    opened.push(marketDb);
    assertOwnFile(marketDb, options.marketPath, 'market');
    migrate(marketDb, options.marketPath, MARKET_MIGRATIONS);
    return {
      journal: createJournalStore({
        db: journalDb,
        path: options.journalPath,
        headPath: options.headPath,
        chain: options.chain,
        mac,
        logger: options.logger,
      }),
      memory: createMemoryStore(journalDb, options.journalPath),
      signer,
      candles: createCandleStore(marketDb, options.marketPath),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
