import { payloadOf } from '../cycle/records.ts';
import type { JournalRecord } from '../journal/types.ts';

/** What was done with a portfolio, and why. */
export type PortfolioWords = { readonly what: string; readonly why: string };

/** Of a record about the portfolio as a whole; undefined for one that is about something else. */
export function portfolioWords(record: JournalRecord): PortfolioWords | undefined {
  const { type } = record;
  if (type === 'account.reset') {
    const { asset, cash, equityBefore, resultBefore, reason } = payloadOf(record, type);
    return {
      what: `Simulated account begun anew with ${cash} ${asset}; it had ${equityBefore}, a result of ${resultBefore}`,
      why: reason,
    };
  }
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
  if (type === 'portfolio.targets_set') {
    const { weights, band, reason } = payloadOf(record, type);
    const list = Object.entries(weights).map(([symbol, weight]) => `${symbol} ${weight}`);
    return { what: `Target weights ${list.join(', ') || 'all cash'}, band ${band}`, why: reason };
  }
  if (type === 'portfolio.rebalance_planned') {
    const { phase, trades, left } = payloadOf(record, type);
    const list = trades.map(({ symbol, side, quantity }) => `${side} ${quantity} ${symbol}`);
    const why = [...trades, ...left].map(({ symbol, why: because }) => `${symbol}: ${because}`).join('; ');
    return {
      what: `Rebalancing, ${phase}: ${list.join(', ') || 'nothing'}`,
      why: why || 'every weight is inside the band',
    };
  }
  return undefined;
}

/** The same in one sentence, for the audit list. */
export function portfolioSummary(record: JournalRecord): string {
  const words = portfolioWords(record);
  return words === undefined ? record.type : `${words.what}: ${words.why}`;
}
