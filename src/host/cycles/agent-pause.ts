import type { Face } from '#core/automation/types.ts';
import type { FactSink } from '#core/cycle/cycle-journal.ts';
import type { TradingDesk } from '#core/cycle/trading-desk.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { AbortToken } from '#core/kernel/abort.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { TradingState } from '#core/risk/types.ts';

/** Who says so through which face, and why, for the record. */
export type PauseAct = { readonly reason: string; readonly by: Face };

/**
 * Whether the master has paused one agent. A paused agent opens and adds nothing: what it had sent to open is canceled. Its stop and target
 * rest, it closes as ever, and its limits go on. Both changes are records of its run, written before they hold.
 */
export type AgentPause = {
  /** Why it is paused; undefined while it is not. */
  why(): string | undefined;
  /** At once; a second time does nothing. Throws Fault('refused') when there is no agent that could be paused. */
  pause(act: PauseAct): void;
  /** Raises autonomy, so it needs a proof of the master, and is refused while trading is halted. Throws Fault, and then nothing has changed. */
  resume(act: PauseAct): void;
};

export type AgentPauseOptions = {
  readonly journal: Pick<FactSink, 'write'>;
  /** Its desk and the moment; undefined before it was spawned and after it has ended. */
  readonly atWork: () =>
    | { readonly desk: Pick<TradingDesk, 'agentId' | 'cancelEntries'>; readonly now: UnixMs }
    | undefined;
  /** It was told to end, or its hands were taken off. */
  readonly stopped: AbortToken;
  readonly tradingState: () => TradingState;
  /** Throws Fault `step_up` without a fresh proof. */
  readonly mayRaise: (what: string) => void;
};

export function createAgentPause({ journal, atWork, stopped, tradingState, mayRaise }: AgentPauseOptions): AgentPause {
  let why: string | undefined;
  const working = (): NonNullable<ReturnType<typeof atWork>> => {
    const open = atWork();
    if (open === undefined)
      throw new Fault('refused', 'this run has no agent at work', 'see which agents run: mt agents');
    if (stopped.aborted)
      throw new Fault(
        'refused',
        `${open.desk.agentId} decides nothing any more: ${stopped.reason ?? ''}`,
        'let it end; what it holds keeps its stop',
      );
    return open;
  };
  return {
    why: () => why,
    pause({ reason, by }) {
      const { desk, now } = working();
      if (why !== undefined) return;
      journal.write('agent.paused', now, { agentId: desk.agentId, reason, by });
      why = reason;
      desk.cancelEntries(`paused: ${reason}`, now);
    },
    resume({ reason, by }) {
      const { desk, now } = working();
      const { agentId } = desk;
      if (why === undefined) throw new Fault('refused', `${agentId} is not paused`, 'see which agents run: mt agents');
      if (tradingState() === 'halted')
        throw new Fault(
          'halted',
          `trading is halted, so ${agentId} stays paused`,
          'resume trading first: mt resume --reason "..."',
        );
      mayRaise('resume an agent');
      journal.write('agent.resumed', now, { agentId, reason, by });
      why = undefined;
    },
  };
}
