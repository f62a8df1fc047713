import type { JournalDraft, JournalRecord, RecordType } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';

/** Records that only ever make things safer. They may use the space that is set aside. */
const EMERGENCY: ReadonlySet<RecordType> = new Set([
  'order.cancel_requested',
  'order.stop_tightened',
  'order.canceled',
  'trading_state.changed',
  'risk.breached',
  'kill.proof',
]);

/** Whether facts can be recorded, hence whether anything may be sent. */
export type JournalState =
  | { readonly kind: 'ok' }
  /** The disk refused the newest record. The next that it takes ends this. */
  | { readonly kind: 'cannot_write'; readonly why: string; readonly remedy: string }
  /** The records are not what they were. Only a person can end this. */
  | { readonly kind: 'accused'; readonly why: string };

export type JournalGuard = {
  readonly journal: JournalStore;
  state(): JournalState;
  /** Refuses every further record: what is there is evidence. */
  accuse(why: string): void;
};

export type JournalGuardOptions = {
  readonly store: JournalStore;
  /** Gives the space that was set aside back to the disk; false when there is none. */
  readonly releaseBallast: () => boolean;
  readonly onAppended: (records: readonly JournalRecord[]) => void;
  readonly onState: (state: JournalState) => void;
};

/**
 * The journal as the engine uses it: nothing follows from a record that could not be written, because `append` throws; what cannot be
 * written is a state that everybody can see; and a record that makes things safer may use the last of the disk.
 */
export function guardJournal({ store, releaseBallast, onAppended, onState }: JournalGuardOptions): JournalGuard {
  let state: JournalState = { kind: 'ok' };
  const become = (next: JournalState): void => {
    const changed = next.kind !== state.kind;
    state = next;
    if (changed) onState(next);
  };
  const refuseWhenAccused = (): void => {
    if (state.kind !== 'accused') return;
    throw new Fault(
      'storage',
      `the journal cannot be continued: ${state.why}`,
      'run `mt audit verify` to see what disagrees; restore a backup (mt backup restore), or start with an empty data folder (--home)',
    );
  };
  const guarded = <T>(work: () => T): T => {
    refuseWhenAccused();
    try {
      const result = work();
      become({ kind: 'ok' });
      return result;
    } catch (error) {
      if (error instanceof Fault && error.code === 'storage')
        become({ kind: 'cannot_write', why: error.message, remedy: error.remedy });
      throw error;
    }
  };
  const append = (cycle: number, drafts: readonly JournalDraft[]): readonly JournalRecord[] => {
    try {
      return store.append(cycle, drafts);
    } catch (error) {
      const urgent = drafts.length > 0 && drafts.every(({ type }) => EMERGENCY.has(type));
      if (!urgent || !(error instanceof Fault) || error.code !== 'storage' || !releaseBallast()) throw error;
      return store.append(cycle, drafts);
    }
  };

  return {
    state: () => state,
    accuse: (why) => become({ kind: 'accused', why }),
    journal: {
      ...store,
      beginCycle: () => guarded(() => store.beginCycle()),
      append(cycle, drafts) {
        const records = guarded(() => append(cycle, drafts));
        onAppended(records);
        return records;
      },
    },
  };
}
