import { draft, payloadOf } from '#core/cycle/records.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import {
  DEFAULT_RISK_POLICY,
  LIMIT_NAMES,
  type LimitName,
  limitsOf,
  loosened,
  parseRiskPolicy,
  type RiskLimits,
  type RiskPolicy,
  recordedRiskPolicy,
} from '#core/risk/risk-limits.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from './trading-state.ts';

export type LimitChange = {
  readonly changes: Readonly<Partial<Record<LimitName, string | number>>>;
  readonly reason: string | undefined;
};

/** The limits of the engine. They live in the journal; the newest record of their change says what holds, the defaults until there is one. */
export type LimitBook = {
  policy(): RiskPolicy;
  limits(): RiskLimits;
  /**
   * Checks, records, then applies; answers what changed. Tightening needs nothing. Loosening needs a reason, and whoever asks must be allowed
   * to. Throws Fault `refused` that names the limit, and Fault `storage` when it cannot be recorded; then nothing has changed.
   */
  change(change: LimitChange, ts: UnixMs): readonly LimitName[];
};

export type LimitBookOptions = {
  readonly journal: JournalStore;
  /** Asked before a limit is loosened; throws to refuse. The place for a second proof of who asks. */
  readonly mayLoosen?: (names: readonly LimitName[]) => void;
};

export function openLimitBook({ journal, mayLoosen = () => undefined }: LimitBookOptions): LimitBook {
  const last = journal.readCycle(SYSTEM_CYCLE).findLast((record) => record.type === 'risk.limits_changed');
  // Read with the same care as what a person types: a record that this version cannot read must not become no limit.
  let policy =
    last === undefined ? DEFAULT_RISK_POLICY : recordedRiskPolicy(payloadOf(last, 'risk.limits_changed').policy);
  let limits = limitsOf(policy);
  return {
    policy: () => policy,
    limits: () => limits,
    change({ changes, reason }, ts) {
      const next = parseRiskPolicy({ ...policy, ...changes });
      const changed = LIMIT_NAMES.filter((name) => next[name] !== policy[name]);
      if (changed.length === 0) return changed;
      const loose = loosened(policy, next);
      if (loose.length > 0) {
        if (reason === undefined || reason.trim() === '')
          throw new Fault('refused', `${loose.join(', ')} would let more through`, 'give a reason (--reason "...")');
        mayLoosen(loose);
      }
      const why = reason ?? 'tightened';
      journal.append(SYSTEM_CYCLE, [
        draft(SYSTEM_RUN, ts, 'risk.limits_changed', { policy: next, changed, reason: why }),
      ]);
      policy = next;
      limits = limitsOf(next);
      return changed;
    },
  };
}
