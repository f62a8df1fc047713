import { draft, payloadOf } from '#core/cycle/records.ts';
import type { RunId, UnixMs } from '#core/domain/ids.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { TradingState } from '#core/risk/types.ts';

/** Records that belong to no cycle. */
export const SYSTEM_CYCLE = 0;
export const SYSTEM_RUN = 'R-system' as RunId;

/** The latch of the kill switch. It lives in the journal, so that it is shut again before anything runs after a restart. */
export type TradingStateLatch = {
  state(): TradingState;
  reason(): string | null;
  /** Records the change, then takes it. Setting the present state again changes nothing. */
  set(state: TradingState, reason: string, ts: UnixMs): boolean;
};

export function openTradingState(journal: JournalStore): TradingStateLatch {
  const last = journal.readCycle(SYSTEM_CYCLE).findLast((record) => record.type === 'trading_state.changed');
  let current =
    last === undefined ? { state: 'active' as TradingState, reason: '' } : payloadOf(last, 'trading_state.changed');
  return {
    state: () => current.state,
    reason: () => (current.state === 'active' ? null : current.reason),
    set(state, reason, ts) {
      if (state === current.state) return false;
      journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'trading_state.changed', { state, reason })]);
      current = { state, reason };
      return true;
    },
  };
}
