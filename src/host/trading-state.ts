import { draft, payloadOf } from '#core/cycle/records.ts';
import type { RunId, UnixMs } from '#core/domain/ids.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { TradingState } from '#core/risk/types.ts';

/** Records that belong to no cycle. */
export const SYSTEM_CYCLE = 0;
export const SYSTEM_RUN = 'R-system' as RunId;

/**
 * The latch of the kill switch. It lives in the journal, so that it is shut again before anything runs after a restart, and in memory,
 * so that it shuts even when the journal cannot be written.
 */
export type TradingStateLatch = {
  state(): TradingState;
  reason(): string | null;
  /**
   * Shuts the latch at once, then records it. `recorded` is false when the record could not be written: then this process is halted,
   * and a later one would not know; ask again when the disk has room.
   */
  halt(reason: string, ts: UnixMs): { readonly fresh: boolean; readonly recorded: boolean };
  /** Records that trading goes on, then opens the latch. Throws when it cannot be recorded; then it stays shut. */
  resume(reason: string, ts: UnixMs): void;
};

export function openTradingState(journal: JournalStore, onError: (error: unknown) => void): TradingStateLatch {
  const last = journal.readCycle(SYSTEM_CYCLE).findLast((record) => record.type === 'trading_state.changed');
  let current =
    last === undefined ? { state: 'active' as TradingState, reason: '' } : payloadOf(last, 'trading_state.changed');
  let recorded = true;
  const write = (state: TradingState, reason: string, ts: UnixMs): void => {
    journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'trading_state.changed', { state, reason })]);
  };
  return {
    state: () => current.state,
    reason: () => (current.state === 'active' ? null : current.reason),
    halt(reason, ts) {
      const fresh = current.state !== 'halted';
      if (!fresh && recorded) return { fresh, recorded };
      current = { state: 'halted', reason };
      try {
        write('halted', reason, ts);
        recorded = true;
      } catch (error) {
        recorded = false;
        onError(error);
      }
      return { fresh, recorded };
    },
    resume(reason, ts) {
      write('active', reason, ts);
      current = { state: 'active', reason };
      recorded = true;
    },
  };
}
