import type { AgentView } from '#shared/contract/agents.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { payloadOf } from '../cycle/records.ts';
import type { JournalRecord } from '../journal/types.ts';

/** The pause that holds after these records of a cycle, or held when its agent ended; null when none does. */
export function pauseIn(records: readonly JournalRecord[]): AgentView['paused'] {
  const last = records.findLast(({ type }) => type === 'agent.paused' || type === 'agent.resumed');
  if (last?.type !== 'agent.paused') return null;
  const { reason, by } = payloadOf(last, 'agent.paused');
  return { at: last.ts, why: reason, by };
}

/** The agent of a cycle, or undefined when none was spawned. `holding` says whether it has a position now. */
export function agentOfCycle(
  view: CycleView,
  retired: { readonly ts: number; readonly why: string } | undefined,
  paused: AgentView['paused'],
): AgentView | undefined {
  const { agentId, agentSpec } = view;
  if (agentId === null || agentSpec === null) return undefined;
  const bought = view.fills.some((fill) => fill.purpose === 'entry');
  const running = view.state === 'running' && retired === undefined;
  return {
    agentId,
    cycle: view.cycle,
    runId: view.runId,
    environment: view.environment,
    family: agentSpec.family,
    instrument: view.instrument,
    interval: view.interval,
    regime: agentSpec.regime,
    state: running
      ? bought
        ? 'trading'
        : 'waiting'
      : view.state === 'interrupted' || view.state === 'failed'
        ? 'interrupted'
        : 'retired',
    paused,
    spawnedAt: view.at ?? view.startedAt,
    retiredAt: retired?.ts ?? null,
    retiredWhy: retired?.why ?? view.error,
    netPnl: view.result?.netPnl ?? '0',
    r: view.result?.r ?? '0',
    quoteAsset: view.instrument.split('/')[1] ?? '',
    specHash: agentSpec.hash,
  };
}
