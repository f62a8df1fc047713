import { type AlertKind, ruleOf } from '#core/alerts/kinds.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

/** The kinds of alerts that the master does not want to be told of; in the journal, because who silenced a warning must be findable. */
export type MuteBook = {
  note(record: JournalRecord): void;
  muted(): readonly AlertKind[];
  /** Throws Fault `refused` for a kind that must always be told, `storage` when it cannot be recorded. */
  mute(kind: AlertKind, muted: boolean, ts: UnixMs): void;
};

export function openMuteBook(journal: () => JournalStore): MuteBook {
  let current: readonly AlertKind[] = [];
  return {
    note(record) {
      if (record.type === 'alert.muted') current = payloadOf(record, record.type).kinds;
    },
    muted: () => current,
    mute(kind, muted, ts) {
      if (muted && ruleOf(kind).mutable === 'never')
        throw new Fault(
          'refused',
          `alerts of the kind ${kind} are always told`,
          'set quiet hours for the others: mt config set quietHours 22:00-07:00',
        );
      if (current.includes(kind) === muted) return;
      const kinds = muted ? [...current, kind] : current.filter((one) => one !== kind);
      journal().append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'alert.muted', { kinds })]);
      current = kinds;
    },
  };
}
