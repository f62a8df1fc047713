import type { AlertStore } from '#core/ports/alert-store.ts';
import type { CandleStore } from '#core/ports/candle-store.ts';
import type { NewsStore } from '#core/ports/news-store.ts';
import { createAlertStore } from './alert-store.ts';
import { createCandleStore } from './candle-store.ts';
import { migrate } from './migrate.ts';
import { candlesMigration } from './migrations/market-0001-candles.ts';
import { candleChunksMigration } from './migrations/market-0002-candle-chunks.ts';
import { newsMigration } from './migrations/market-0003-news.ts';
import { alertsMigration } from './migrations/market-0004-alerts.ts';
import { createNewsStore } from './news-store.ts';
import { openDb } from './open-db.ts';
import { type JournalOptions, type OpenedJournal, openJournal } from './open-journal.ts';
import { assertOwnFile } from './own-file.ts';

/** Schema steps of market.db, oldest first. */
export const MARKET_MIGRATIONS = [candlesMigration, candleChunksMigration, newsMigration, alertsMigration] as const;

export type StorageOptions = JournalOptions & { readonly marketPath: string };

export type Storage = OpenedJournal & {
  readonly candles: CandleStore;
  readonly news: NewsStore;
  readonly alerts: AlertStore;
};

/** Opens, checks and migrates both databases. When one fails, the other is closed again and the Fault is thrown. */
export function openStorage(options: StorageOptions): Storage {
  const opened = openJournal(options);
  const closing = [() => opened.close()];
  const close = (): void => {
    for (const step of closing) step();
  };
  try {
    const marketDb = openDb(options.marketPath, options.keys.db, 'market');
    closing.push(() => marketDb.close());
    assertOwnFile(marketDb, options.marketPath, 'market');
    migrate(marketDb, options.marketPath, MARKET_MIGRATIONS);
    return {
      ...opened,
      candles: createCandleStore(marketDb, options.marketPath),
      news: createNewsStore(marketDb, options.marketPath),
      alerts: createAlertStore(marketDb, options.marketPath),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
