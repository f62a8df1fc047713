import { payloadOf } from '#core/cycle/records.ts';
import { Fault } from '#core/kernel/fault.ts';
import { agentOfCycle, pauseIn } from '#core/projections/agent-view.ts';
import type { AgentView } from '#shared/contract/agents.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { decidedThrough } from '../access/decided-through.ts';
import { promptOf } from '../agent-prompt.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import { draftAgent } from '../cycles/draft-agent.ts';
import { findRun } from '../find-run.ts';
import type { EngineParts } from '../parts.ts';

type AgentHandlers = Pick<
  AppHandlers,
  | 'agents.list'
  | 'agents.why'
  | 'agents.prompt'
  | 'agents.log'
  | 'agents.retire'
  | 'agents.release'
  | 'agents.pause'
  | 'agents.resume'
  | 'agents.draft'
>;

type Found = { readonly agent: AgentView; readonly view: CycleView; readonly parents: readonly string[] };

export function createAgentHandlers(parts: EngineParts, runner: CycleRunner, newestCycle: () => number): AgentHandlers {
  const { storage, promptParts } = parts;
  const agentOf = (cycle: number): Found | undefined => {
    const live = runner.live(cycle);
    const records = live?.records() ?? storage.journal.readCycle(cycle);
    if (records.length === 0) return undefined;
    const view = runner.view(cycle);
    const last = records.findLast((record) => record.type === 'agent.retired');
    const retired = last === undefined ? undefined : { ts: last.ts, why: payloadOf(last, 'agent.retired').why };
    const agent = agentOfCycle(view, retired, pauseIn(records));
    const spawned = records.find((record) => record.type === 'agent.spawned');
    const parents = spawned === undefined ? [] : payloadOf(spawned, 'agent.spawned').spec.parents;
    return agent === undefined ? undefined : { agent, view, parents };
  };

  function* newestFirst(from = newestCycle()): Generator<Found> {
    for (let cycle = from; cycle > 0; cycle--) {
      const found = agentOf(cycle);
      if (found !== undefined) yield found;
    }
  }

  /** By agent or by run. Throws Fault `not_found`, also for a run that spawned none. */
  function find(named: string): Found {
    const byId = /^A-/i.test(named);
    const cycle = byId ? undefined : findRun(storage.journal, newestCycle(), named)[0]?.cycle;
    const found = cycle === undefined ? undefined : agentOf(cycle);
    if (found !== undefined) return found;
    if (byId) for (const one of newestFirst()) if (one.agent.agentId.toLowerCase() === named.toLowerCase()) return one;
    throw new Fault(
      'not_found',
      byId ? `there is no agent ${named}` : `run ${named} spawned no agent`,
      'list them with mt agents',
    );
  }

  /** Of an agent that runs, spawned or still being made. */
  function tell(named: string, how: (cycle: number) => boolean) {
    const cycle = /^A-/i.test(named) ? find(named).agent.cycle : cycleOf(named);
    if (!how(cycle))
      throw new Fault('refused', `run ${named} has ended already`, 'see which agents run with mt agents');
    const { agentId, runId } = runner.view(cycle);
    return { agentId, cycle, runId };
  }
  const cycleOf = (run: string): number => findRun(storage.journal, newestCycle(), run)[0]?.cycle ?? 0;

  return {
    'agents.draft': (request) => draftAgent(request, parts),
    'agents.prompt': ({ agent }) => promptOf(find(agent), newestFirst, promptParts),
    'agents.log'({ agent: named, offset, limit }) {
      const { agent, view } = find(named);
      const decisions = view.decisions.slice(offset, offset + limit);
      const next = offset + decisions.length;
      const total = view.decisions.length;
      return { agent, total, offset, decisions, next: next < total ? next : null };
    },
    'agents.retire': ({ agent, reason }) => tell(agent, (cycle) => runner.retire(`retired: ${reason}`, cycle)),
    'agents.release': ({ agent, reason }) =>
      tell(agent, (cycle) => runner.release(`stopped managing: ${reason}`, cycle)),
    'agents.pause'({ agent: named, reason, by }) {
      const { cycle } = find(named).agent;
      runner.pauseOf(cycle).pause({ reason, by: decidedThrough(by) });
      return find(named).agent;
    },
    'agents.resume'({ agent: named, reason, by }) {
      const { cycle } = find(named).agent;
      runner.pauseOf(cycle).resume({ reason, by: decidedThrough(by) });
      return find(named).agent;
    },
    'agents.list'({ limit }) {
      const agents: AgentView[] = [];
      for (const { agent } of newestFirst()) {
        agents.push(agent);
        if (agents.length === limit) break;
      }
      return agents;
    },
    'agents.why'({ agentId }) {
      for (const { agent, view } of newestFirst()) {
        if (agent.agentId !== agentId || view.agentSpec === null) continue;
        const { assessment, decisions, orders, fills, agentSpec } = view;
        return { agent, assessment, spec: agentSpec, decisions, orders, fills };
      }
      throw new Fault('not_found', `there is no agent ${agentId}`, 'list them with mt agents');
    },
  };
}
