import { payloadOf } from '#core/cycle/records.ts';
import { Fault } from '#core/kernel/fault.ts';
import { agentOfCycle } from '#core/projections/agent-view.ts';
import type { AgentView } from '#shared/contract/agents.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { EngineParts } from '../parts.ts';

type AgentHandlers = Pick<AppHandlers, 'agents.list' | 'agents.why'>;

export function createAgentHandlers(
  { storage }: EngineParts,
  runner: CycleRunner,
  newestCycle: () => number,
): AgentHandlers {
  const agentOf = (cycle: number): { readonly agent: AgentView; readonly view: CycleView } | undefined => {
    const live = runner.live(cycle);
    const records = live?.records() ?? storage.journal.readCycle(cycle);
    if (records.length === 0) return undefined;
    const view = runner.view(cycle);
    const last = records.findLast((record) => record.type === 'agent.retired');
    const retired = last === undefined ? undefined : { ts: last.ts, why: payloadOf(last, 'agent.retired').why };
    const agent = agentOfCycle(view, retired);
    return agent === undefined ? undefined : { agent, view };
  };

  function* newestFirst(): Generator<{ readonly agent: AgentView; readonly view: CycleView }> {
    for (let cycle = newestCycle(); cycle > 0; cycle--) {
      const found = agentOf(cycle);
      if (found !== undefined) yield found;
    }
  }

  return {
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
