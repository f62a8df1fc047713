import { payloadOf } from '#core/cycle/records.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { type AccountEvents, createAccountEvents } from '#core/performance/account-events.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { identityOf, paperName } from '../paper/paper-accounts.ts';
import { MANUAL_RUN, SYSTEM_CYCLE } from '../trading-state.ts';

/** The standing simulated account. */
export const SIMULATED = 'simulated';

const PAGE = 2_000;

/** What moved each account that lasts, as the journal tells it. Environments never mix: each account has a book of its own. */
export type PerformanceBooks = {
  /** Reads on to the newest record first. */
  of(account: string): AccountEvents;
};

/** Accounts of a single run begin and end with it: they are in its own result and in no book. */
const accountOf = (started: JournalRecord): string | undefined => {
  if (payloadOf(started, 'cycle.started').account === 'standing') return SIMULATED;
  const identity = identityOf(started);
  return identity === undefined ? undefined : paperName(identity);
};

export function createPerformanceBooks(journal: Pick<JournalStore, 'read'>): PerformanceBooks {
  const books = new Map<string, AccountEvents>();
  const cycles = new Map<number, string>();
  let readUntil = 0;

  const book = (account: string): AccountEvents => {
    const found = books.get(account) ?? createAccountEvents();
    books.set(account, found);
    return found;
  };

  function take(record: JournalRecord): void {
    if (record.type === 'account.reset') books.delete(SIMULATED);
    if (record.type === 'cycle.started') {
      const account = accountOf(record);
      if (account !== undefined) cycles.set(record.cycle, account);
    }
    const byHand = record.cycle === SYSTEM_CYCLE && record.runId === MANUAL_RUN;
    const account = byHand ? SIMULATED : cycles.get(record.cycle);
    if (account !== undefined) book(account).take(record);
  }

  return {
    of(account) {
      for (;;) {
        const page = journal.read(readUntil, PAGE);
        for (const record of page) take(record);
        readUntil = page.at(-1)?.seq ?? readUntil;
        if (page.length < PAGE) return book(account);
      }
    },
  };
}
