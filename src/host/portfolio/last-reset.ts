import type { JournalRecord } from '#core/journal/types.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { SYSTEM_CYCLE } from '../trading-state.ts';

/** The record by which the simulated account began anew last; undefined when it goes on since it was opened. */
export const lastReset = (journal: Pick<JournalStore, 'readCycle'>): JournalRecord | undefined =>
  journal.readCycle(SYSTEM_CYCLE).findLast(({ type }) => type === 'account.reset');
