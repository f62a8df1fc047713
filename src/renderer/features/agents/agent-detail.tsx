import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AgentWhy } from '#shared/contract/agents.ts';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { type Tab, Tabs } from '../../components/tabs.tsx';
import { useCycle, useStores } from '../../stores/stores-context.tsx';
import { EvidenceOf } from '../evidence/evidence-sheet.tsx';
import { FillsTable, OrdersTable } from '../portfolio/order-tables.tsx';
import { AgentActions } from './agent-actions.tsx';
import { AgentChart } from './agent-chart.tsx';
import { AgentDecisions } from './agent-decisions.tsx';
import { AgentLimits } from './agent-limits.tsx';
import { AgentLineage } from './agent-lineage.tsx';
import { AgentOverview } from './agent-overview.tsx';
import { AgentState } from './agent-state.tsx';
import { InstructionsDiff } from './instructions-diff.tsx';

function Orders({ why }: { readonly why: AgentWhy }) {
  const { t } = useTranslation();
  const { environment } = why.agent;
  return (
    <>
      <Panel title={t('agents.orders')} env={environment} flush>
        <OrdersTable env={environment} orders={why.orders} empty={t('agents.noOrder')} />
      </Panel>
      <Panel title={t('agents.fills')} env={environment} flush>
        <FillsTable env={environment} fills={why.fills} empty={t('agents.noFill')} />
      </Panel>
    </>
  );
}

/** While it is the one of the newest run, what it decides is shown as it decides it. */
function useNow(why: AgentWhy): AgentWhy {
  const live = useCycle(({ newest }) => (newest?.agentId === why.agent.agentId ? newest : null));
  if (live === null || live.decisions.length < why.decisions.length) return why;
  const { decisions, orders, fills } = live;
  return { ...why, decisions, orders, fills };
}

function Detail({ why: loaded }: { readonly why: AgentWhy }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState('overview');
  const why = useNow(loaded);
  const { agent } = why;
  const tabs: readonly Tab[] = [
    { value: 'overview', label: t('agents.tabs.overview'), body: <AgentOverview why={why} /> },
    {
      value: 'decisions',
      label: t('agents.tabs.decisions'),
      body: <AgentDecisions key={agent.agentId} why={why} />,
    },
    { value: 'chart', label: t('agents.tabs.chart'), body: <AgentChart key={agent.agentId} agent={agent} /> },
    { value: 'orders', label: t('agents.tabs.orders'), body: <Orders why={why} /> },
    {
      value: 'instructions',
      label: t('agents.tabs.instructions'),
      body: (
        <Panel title={t('agents.prompt.title')}>
          <InstructionsDiff agentId={agent.agentId} />
        </Panel>
      ),
    },
    {
      value: 'evidence',
      label: t('agents.tabs.evidence'),
      body: (
        <Panel title={t('evidence.sheet', { cycle: agent.cycle })} env={agent.environment}>
          <EvidenceOf cycle={agent.cycle} fact={null} />
        </Panel>
      ),
    },
    { value: 'limits', label: t('agents.tabs.limits'), body: <AgentLimits why={why} /> },
    { value: 'lineage', label: t('agents.tabs.lineage'), body: <AgentLineage why={why} /> },
  ];
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center gap-2">
        <h2 className="figure-mono text-15 font-bold">{agent.agentId}</h2>
        <AgentState agent={agent} />
        <div className="ml-auto flex flex-wrap items-center gap-1.5">
          <AgentActions key={agent.agentId} agent={agent} />
        </div>
      </div>
      <Tabs label={t('agents.tabs.label')} tabs={tabs} value={tab} onChange={setTab} />
    </>
  );
}

/** One agent, side by side: what it is, what it decided and did, what it was told, by which facts, within what, and from where. */
export function AgentDetail({ agentId }: { readonly agentId: string }) {
  const { t } = useTranslation();
  const { agents } = useStores();
  const loaded = useStore(agents.why);
  return (
    <section aria-label={t('agents.one', { id: agentId })}>
      <LoadedView
        loaded={loaded}
        what={t('agents.oneWhat', { id: agentId })}
        retry={() => void agents.why.refresh()}
        cancel={() => agents.why.giveUp()}
      >
        {(why) => <Detail why={why} />}
      </LoadedView>
    </section>
  );
}
