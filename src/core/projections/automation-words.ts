import { payloadOf } from '../cycle/records.ts';
import { unixMs } from '../domain/ids.ts';
import type { JournalRecord } from '../journal/types.ts';
import { utcText } from '../kernel/utc-text.ts';

/** A record about modes, approvals and the schedule in one sentence, for the audit list. */
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
  if (type === 'schedule.set') {
    const { on, schedule, by } = payloadOf(record, type);
    const { everyMinutes, instrument, interval, between } = schedule;
    const hours = between === null ? '' : ` between ${between.from} and ${between.to}`;
    return on
      ? `Scheduled through the ${by}: a press on ${instrument} ${interval} every ${everyMinutes} minutes${hours}`
      : `Schedule switched off through the ${by}`;
  }
  if (type === 'schedule.pressed') {
    const { due, cycle } = payloadOf(record, type);
    return `Pressed by the schedule at ${utcText(unixMs(due))}: cycle ${cycle}`;
  }
  if (type === 'schedule.skipped') {
    const { due, why } = payloadOf(record, type);
    return `No scheduled press at ${utcText(unixMs(due))}: ${why}`;
  }
  return type;
}
