import type { JournalStore } from '#core/ports/journal-store.ts';
import { portfolioWords } from '#core/projections/portfolio-words.ts';
import type { PortfolioEvent } from '#shared/contract/profit.ts';
import { SYSTEM_CYCLE } from '../trading-state.ts';

/** What was done with the portfolio and why, the newest first. */
export const portfolioLog = (journal: JournalStore, limit: number): PortfolioEvent[] =>
  journal
    .readCycle(SYSTEM_CYCLE)
    .flatMap((record) => {
      const words = portfolioWords(record);
      return words === undefined ? [] : [{ seq: record.seq, at: record.ts, kind: record.type, ...words }];
    })
    .toReversed()
    .slice(0, limit);
