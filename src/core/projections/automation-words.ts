import { payloadOf } from '../cycle/records.ts';
import type { JournalRecord } from '../journal/types.ts';

/** A record about modes and approvals in one sentence, for the audit list. */
export function automationSummary(record: JournalRecord): string {
  const { type } = record;
  if (type === 'mode.changed') {
    const { from, to, reason, by } = payloadOf(record, type);
    return `Mode changed from ${from} to ${to} through the ${by}: ${reason}`;
  }
  if (type === 'approval.requested') {
    const { id, kind, symbol, cycle } = payloadOf(record, type);
    return `${id} asks the master: ${kind === 'brief' ? 'an agent' : 'an entry'} on ${symbol}, cycle ${cycle}`;
  }
  if (type === 'approval.edited') {
    const { id, by, limits } = payloadOf(record, type);
    return `${id} lowered through the ${by}: risk per trade ${limits.riskPerTrade}, size ${limits.maxNotionalFraction}, ${limits.maxBars} candles`;
  }
  if (type === 'approval.approved') {
    const { id, by } = payloadOf(record, type);
    return `${id} approved through the ${by}`;
  }
  if (type === 'approval.rejected') {
    const { id, by, reason } = payloadOf(record, type);
    return `${id} rejected through the ${by}: ${reason}`;
  }
  if (type === 'approval.expired') {
    const { id, reason } = payloadOf(record, type);
    return `${id} expired: ${reason}`;
  }
  return type;
}
