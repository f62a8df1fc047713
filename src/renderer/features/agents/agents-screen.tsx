import { clsx } from 'clsx';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { AgentView } from '#shared/contract/agents.ts';
import { countText, environmentTag, familyName, regimeName } from '#shared/format/names.ts';
import { SignedMoney, SignedR } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { AgentDetail } from './agent-detail.tsx';
import { AgentState } from './agent-state.tsx';

const COLUMNS: readonly Column[] = [
  { label: 'Agent' },
  { label: 'State' },
  { label: 'Strategy' },
  { label: 'Instrument' },
  { label: 'Regime' },
  { label: 'Net result', align: 'right' },
  { label: 'R', align: 'right' },
  { label: 'Spawned', align: 'right' },
];

function AgentRow({ agent, open }: { readonly agent: AgentView; readonly open: boolean }) {
  const [, navigate] = useLocation();
  return (
    <tr
      data-env={environmentTag(agent.environment)}
      aria-current={open ? 'true' : undefined}
      onClick={() => navigate(`/agents/${agent.agentId}`)}
      className={clsx('fade cursor-pointer', open ? 'bg-bg3' : 'hover:bg-bg2')}
    >
      <Cell>
        <Link
          href={`/agents/${agent.agentId}`}
          className="figure-mono font-medium text-accent underline-offset-2 hover:underline"
        >
          {agent.agentId}
        </Link>
      </Cell>
      <Cell>
        <AgentState agent={agent} />
      </Cell>
      <Cell>{familyName(agent.family)}</Cell>
      <Cell>
        {agent.instrument} <span className="text-faint">{agent.interval}</span>
      </Cell>
      <Cell>{regimeName(agent.regime)}</Cell>
      <Cell align="right">
        <SignedMoney text={agent.netPnl} asset={agent.quoteAsset} />
      </Cell>
      <Cell align="right">
        <SignedR r={agent.r} />
      </Cell>
      <Cell align="right">
        <Moment ms={agent.spawnedAt} form="short" className="text-muted" />
      </Cell>
    </tr>
  );
}

/** The fleet, and one agent in full. */
export function AgentsScreen({ agentId }: { readonly agentId: string | null }) {
  const { agents } = useStores();
  const loaded = useStore(agents.list);
  const newest = loaded.data?.[0]?.agentId ?? null;
  const open = agentId ?? newest;

  useEffect(() => agents.select(open), [agents, open]);

  const environment = loaded.data?.[0]?.environment ?? null;
  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">Agents</h1>
      <Panel
        title="Agents"
        flush
        env={environment}
        note={loaded.data === null ? undefined : `${countText(loaded.data.length, 'agent')}, newest first`}
      >
        <LoadedView loaded={loaded} what="agents" retry={() => void agents.list.refresh()}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState>
                No agents yet. An agent is spawned by the one button on Command (Ctrl Enter), for one market and one
                moment.
              </EmptyState>
            ) : (
              <div className="max-h-80 overflow-y-auto">
                <Table label="Agents" columns={COLUMNS}>
                  {list.map((agent) => (
                    <AgentRow key={agent.agentId} agent={agent} open={agent.agentId === open} />
                  ))}
                </Table>
              </div>
            )
          }
        </LoadedView>
      </Panel>
      {open !== null && <AgentDetail agentId={open} />}
    </div>
  );
}
