import { formatDecimal, parseDecimal } from '../domain/decimal.ts';
import type { JournalRecord } from '../journal/types.ts';
import { type LockEvent, type LockPolicy, parseLockPolicy } from '../ledger/profit-lock.ts';
import { payloadOf } from './records.ts';

/** What a record does to the pool of locked profit; undefined for one that does nothing to it. */
export function lockEventOf(record: JournalRecord): LockEvent | undefined {
  const { type } = record;
  if (type === 'account.reset') return { kind: 'anew' };
  if (type === 'profit.policy_set') {
    const { water, ...policy } = payloadOf(record, type);
    return { kind: 'policy', policy: parseLockPolicy(policy), water: parseDecimal(water) };
  }
  if (type === 'profit.locked') {
    const { amount, water } = payloadOf(record, type);
    return { kind: 'locked', amount: parseDecimal(amount), water: parseDecimal(water) };
  }
  return type === 'profit.released'
    ? { kind: 'released', amount: parseDecimal(payloadOf(record, type).amount) }
    : undefined;
}

/** Why an amount was locked, in one sentence. */
export const lockWhy = (gain: string, water: string, share: string): string =>
  `${gain} of realised profit above the mark of ${water}, of which a share of ${share} is locked`;

export const policyText = ({ share, threshold }: LockPolicy) => ({
  share: formatDecimal(share),
  threshold: formatDecimal(threshold),
});
