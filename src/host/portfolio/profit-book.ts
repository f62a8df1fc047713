import type { TradingAccount } from '#core/cycle/account.ts';
import { lockEventOf, lockWhy, policyText } from '#core/cycle/lock-events.ts';
import { draft } from '#core/cycle/records.ts';
import { compare, type Decimal, formatDecimal, isPositive, subtract, sum } from '#core/domain/decimal.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { JournalDraft } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import {
  applyLock,
  dueLock,
  type LockEvent,
  type LockState,
  parseLockPolicy,
  realisedProfit,
  releaseOf,
} from '#core/ledger/profit-lock.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

/** The locked profit of one account: what is in the journal, and the only one who writes it there. */
export type ProfitBook = {
  state(): LockState;
  realised(): Decimal;
  /** Another policy. Locking less than before needs a reason. Throws Fault `refused`, or `storage`; then nothing has changed. */
  setPolicy(
    policy: { readonly share: string; readonly threshold: string },
    reason: string | undefined,
    ts: UnixMs,
  ): void;
  /** Lets locked profit be risked again. Throws Fault `refused` when there is not as much. */
  release(amount: Decimal | 'all', reason: string, ts: UnixMs): Decimal;
  /** Locks what is due; to be asked whenever the account has moved. Answers what was locked. Throws when it cannot be recorded. */
  review(ts: UnixMs): Decimal | undefined;
};

export function openProfitBook(journal: JournalStore, account: TradingAccount): ProfitBook {
  const { profitLock } = account;
  for (const record of journal.readCycle(SYSTEM_CYCLE)) {
    const event = lockEventOf(record);
    if (event !== undefined) profitLock.note(event);
  }
  const realised = (): Decimal => realisedProfit(account.state());
  /** First the record, then what follows from it. What could not be applied is not recorded either. */
  const keep = (event: LockEvent, record: JournalDraft): void => {
    applyLock(profitLock.state(), event);
    journal.append(SYSTEM_CYCLE, [record]);
    profitLock.note(event);
  };

  return {
    state: () => profitLock.state(),
    realised,
    setPolicy(text, reason, ts) {
      const policy = parseLockPolicy(text);
      const { policy: before } = profitLock.state();
      // Where nothing was locked no threshold makes it less.
      const later = isPositive(before.share) && compare(policy.threshold, before.threshold) > 0;
      const less = compare(policy.share, before.share) < 0 || later;
      if (less && (reason === undefined || reason.trim() === ''))
        throw new Fault('refused', 'less of the profit would be locked than now', 'give a reason (--reason "...")');
      const water = profitLock.highest();
      keep(
        { kind: 'policy', policy, water },
        draft(SYSTEM_RUN, ts, 'profit.policy_set', {
          ...policyText(policy),
          water: formatDecimal(water),
          reason: reason ?? 'more is locked',
        }),
      );
    },
    release(wanted, reason, ts) {
      const event = releaseOf(profitLock.state(), wanted);
      const locked = subtract(profitLock.locked(), event.amount);
      keep(
        event,
        draft(SYSTEM_RUN, ts, 'profit.released', {
          amount: formatDecimal(event.amount),
          locked: formatDecimal(locked),
          reason,
        }),
      );
      return event.amount;
    },
    review(ts) {
      const state = profitLock.state();
      const kept = sum([state.locked, account.reservations.openOfOthers(undefined).cash]);
      const event = dueLock(state, realised(), subtract(account.cash(), kept));
      if (event === undefined) return undefined;
      const gain = formatDecimal(subtract(event.water, state.water));
      keep(
        event,
        draft(SYSTEM_RUN, ts, 'profit.locked', {
          amount: formatDecimal(event.amount),
          water: formatDecimal(event.water),
          locked: formatDecimal(sum([state.locked, event.amount])),
          why: lockWhy(gain, formatDecimal(state.water), formatDecimal(state.policy.share)),
        }),
      );
      return event.amount;
    },
  };
}
