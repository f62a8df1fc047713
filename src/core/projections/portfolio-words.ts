import { payloadOf } from '../cycle/records.ts';
import type { JournalRecord } from '../journal/types.ts';

/** What was done with a portfolio, and why. */
export type PortfolioWords = { readonly what: string; readonly why: string };

/** Of a record about the portfolio as a whole; undefined for one that is about something else. */
export function portfolioWords(record: JournalRecord): PortfolioWords | undefined {
  const { type } = record;
  if (type === 'profit.policy_set') {
    const { share, threshold, reason } = payloadOf(record, type);
    return { what: `A share of ${share} of each new profit of ${threshold} or more is locked`, why: reason };
  }
  if (type === 'profit.locked') {
    const { amount, locked, why } = payloadOf(record, type);
    return { what: `Profit of ${amount} locked, ${locked} in all`, why };
  }
  if (type === 'profit.released') {
    const { amount, locked, reason } = payloadOf(record, type);
    return { what: `Profit of ${amount} released, ${locked} stays locked`, why: reason };
  }
  return undefined;
}

/** The same in one sentence, for the audit list. */
export function portfolioSummary(record: JournalRecord): string {
  const words = portfolioWords(record);
  return words === undefined ? record.type : `${words.what}: ${words.why}`;
}
