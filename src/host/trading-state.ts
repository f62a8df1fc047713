import { draft, payloadOf } from '#core/cycle/records.ts';
import type { RunId, UnixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { TradingState } from '#core/risk/types.ts';
import { clearKillFlag, raiseKillFlag, readKillFlag } from './kill-flag.ts';

/** Records that belong to no cycle. */
export const SYSTEM_CYCLE = 0;
export const SYSTEM_RUN = 'R-system' as RunId;
/** Orders by hand on the standing simulated account. */
export const MANUAL_RUN = 'R-manual' as RunId;

/** What a halt left behind. One of the two is enough to stand still after a restart. */
export type Halt = {
  /** False when trading was halted already. */
  readonly fresh: boolean;
  readonly recorded: boolean;
  /** The journal could not be written, and the file KILL stands in for the record. */
  readonly flagged: boolean;
};

/**
 * The latch of the kill switch. It shuts in memory first, so that nothing can keep it open; then in the journal, so that it is shut
 * again before anything runs after a restart; and when the journal cannot be written, as the file KILL in the run folder.
 */
export type TradingStateLatch = {
  state(): TradingState;
  reason(): string | null;
  /** Shuts the latch at once, then makes it last. Asking again tries again what did not succeed before. Never throws. */
  halt(reason: string, ts: UnixMs): Halt;
  /**
   * Lets nothing new in; everything else goes on. The level below a halt, which it never loosens: refused while halted. It holds at once in
   * memory, and throws when it could not be recorded; then it holds until the program ends.
   */
  reduce(reason: string, ts: UnixMs): void;
  /** Takes the file KILL away, records that trading goes on, then opens the latch. Throws when one of them cannot be done; then it stays shut. */
  resume(reason: string, ts: UnixMs): void;
};

export type TradingStateOptions = {
  readonly journal: JournalStore;
  readonly runDir: string;
  readonly onError: (error: unknown) => void;
};

export function openTradingState({ journal, runDir, onError }: TradingStateOptions): TradingStateLatch {
  const last = journal.readCycle(SYSTEM_CYCLE).findLast((record) => record.type === 'trading_state.changed');
  let current =
    last === undefined ? { state: 'active' as TradingState, reason: '' } : payloadOf(last, 'trading_state.changed');
  let recorded = true;
  const flag = readKillFlag(runDir);
  if (flag !== undefined && current.state !== 'halted') {
    current = { state: 'halted', reason: flag };
    recorded = false;
  }
  const attempt = (work: () => void): boolean => {
    try {
      work();
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  };
  const write = (state: TradingState, reason: string, ts: UnixMs): void => {
    journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'trading_state.changed', { state, reason })]);
  };
  return {
    state: () => current.state,
    reason: () => (current.state === 'active' ? null : current.reason),
    halt(reason, ts) {
      const fresh = current.state !== 'halted';
      if (!fresh && recorded) return { fresh, recorded, flagged: false };
      if (fresh) current = { state: 'halted', reason };
      recorded = attempt(() => write('halted', current.reason, ts));
      const flagged = !recorded && attempt(() => raiseKillFlag(runDir, current.reason));
      return { fresh, recorded, flagged };
    },
    reduce(reason, ts) {
      if (current.state === 'halted')
        throw new Fault('halted', 'trading is halted already, which lets even less through', 'nothing more is needed');
      current = { state: 'reducing', reason };
      write('reducing', reason, ts);
    },
    resume(reason, ts) {
      const flagged = readKillFlag(runDir);
      clearKillFlag(runDir);
      try {
        write('active', reason, ts);
      } catch (error) {
        // Without the record a restart must find what it would have found before.
        if (flagged !== undefined) attempt(() => raiseKillFlag(runDir, flagged));
        throw error;
      }
      current = { state: 'active', reason };
      recorded = true;
    },
  };
}
