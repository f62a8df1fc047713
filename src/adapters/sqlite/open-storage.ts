import type { CandleStore } from '#core/ports/candle-store.ts';
import type { JournalChain } from '#core/ports/journal-chain.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { MemoryStore } from '#core/ports/memory-store.ts';
import { createCandleStore } from './candle-store.ts';
import { createJournalStore } from './journal-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { migrate } from './migrate.ts';
import { journalMigration } from './migrations/0001-journal.ts';
import { memoryMigration } from './migrations/0002-memory.ts';
import { candlesMigration } from './migrations/market-0001-candles.ts';
import { candleChunksMigration } from './migrations/market-0002-candle-chunks.ts';
import { assertIntact, type Db, openDb } from './open-db.ts';
import { assertOwnFile } from './own-file.ts';

/** Schema steps of journal.db and market.db, oldest first. */
export const JOURNAL_MIGRATIONS = [journalMigration, memoryMigration] as const;
export const MARKET_MIGRATIONS = [candlesMigration, candleChunksMigration] as const;

export type StorageOptions = {
  readonly journalPath: string;
  readonly headPath: string;
  readonly marketPath: string;
  /** 32 bytes from the vault; not kept after the call. */
  readonly key: Buffer;
  readonly chain: JournalChain;
  readonly logger: Logger;
};

export type Storage = {
  readonly journal: JournalStore;
  readonly memory: MemoryStore;
  readonly candles: CandleStore;
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
    const journalDb = openDb(options.journalPath, options.key, 'journal');
    opened.push(journalDb);
    assertOwnFile(journalDb, options.journalPath, 'journal');
    assertIntact(journalDb, options.journalPath);
    migrate(journalDb, options.journalPath, JOURNAL_MIGRATIONS);
    const marketDb = openDb(options.marketPath, options.key, 'market');
    opened.push(marketDb);
    assertOwnFile(marketDb, options.marketPath, 'market');
    migrate(marketDb, options.marketPath, MARKET_MIGRATIONS);
    return {
      journal: createJournalStore({
        db: journalDb,
        path: options.journalPath,
        headPath: options.headPath,
        chain: options.chain,
        logger: options.logger,
      }),
      memory: createMemoryStore(journalDb, options.journalPath),
      candles: createCandleStore(marketDb, options.marketPath),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
