import { changeOf } from '#core/automation/mode-table.ts';
import type { ChosenMode, Face, Mode } from '#core/automation/types.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { TradingState } from '#core/risk/types.ts';
import type { StepUp } from '../access/step-up.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

export type ModeChange = { readonly mode: ChosenMode; readonly reason: string | undefined; readonly by: Face };

/** What the newest record says; a data folder begins in full, in the simulation. */
export type ChosenState = {
  readonly mode: ChosenMode;
  readonly reason: string;
  readonly by: Face;
  readonly since: UnixMs | null;
};

/** The mode of the engine. It lives in the journal; the newest record of its change says what holds. */
export type ModeBook = {
  /** What holds now: `emergency` while trading is halted. */
  mode(): Mode;
  chosen(): ChosenState;
  /**
   * Records, then applies. Lowering asks nothing. Raising needs a reason and a second proof, and is refused in emergency. Throws Fault, and
   * then nothing has changed.
   */
  set(change: ModeChange, ts: UnixMs): 'same' | 'lower' | 'raise';
  /** The first time that there is something to protect and nobody has chosen: semi. Answers whether it changed. */
  firstProtected(why: string, ts: UnixMs): boolean;
};

export type ModeBookOptions = {
  readonly journal: JournalStore;
  readonly tradingState: () => TradingState;
  readonly stepUp: Pick<StepUp, 'demand'>;
};

const BEGINNING: ChosenState = {
  mode: 'full',
  reason: 'the simulation begins in full: nothing but simulated money is at stake',
  by: 'engine',
  since: null,
};

export function openModeBook({ journal, tradingState, stepUp }: ModeBookOptions): ModeBook {
  const last = journal.readCycle(SYSTEM_CYCLE).findLast((record) => record.type === 'mode.changed');
  let current = BEGINNING;
  if (last !== undefined) {
    const { to, reason, by } = payloadOf(last, 'mode.changed');
    current = { mode: to, reason, by, since: last.ts };
  }
  const write = ({ mode, reason, by }: ModeChange & { readonly reason: string }, ts: UnixMs): void => {
    journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'mode.changed', { from: current.mode, to: mode, reason, by })]);
    current = { mode, reason, by, since: ts };
  };
  return {
    mode: () => (tradingState() === 'halted' ? 'emergency' : current.mode),
    chosen: () => current,
    set({ mode, reason, by }, ts) {
      const change = changeOf(current.mode, mode);
      if (change === 'same') return change;
      if (change === 'raise') {
        if (tradingState() === 'halted')
          throw new Fault(
            'halted',
            'in emergency the mode can only be lowered',
            'resume first: mt resume --reason "..."',
          );
        if (reason === undefined)
          throw new Fault(
            'refused',
            `${mode} lets agents do more than ${current.mode}`,
            'give a reason (--reason "...")',
          );
        stepUp.demand('raise autonomy');
      }
      write({ mode, reason: reason ?? `lowered through the ${by}`, by }, ts);
      return change;
    },
    firstProtected(why, ts) {
      if (current.since !== null) return false;
      write({ mode: 'semi', reason: why, by: 'engine' }, ts);
      return true;
    },
  };
}
