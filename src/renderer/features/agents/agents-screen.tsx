import { clsx } from 'clsx';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { AgentView } from '#shared/contract/agents.ts';
import { environmentTag } from '#shared/format/names.ts';
import { useNames } from '../../app/use-names.ts';
import { SignedMoney, SignedR } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { AgentDetail } from './agent-detail.tsx';
import { AgentState } from './agent-state.tsx';

function AgentRow({ agent, open }: { readonly agent: AgentView; readonly open: boolean }) {
  const [, navigate] = useLocation();
  const name = useNames();
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
      <Cell>{name('families', agent.family)}</Cell>
      <Cell>
        {agent.instrument} <span className="text-faint">{agent.interval}</span>
      </Cell>
      <Cell>{name('regimes', agent.regime)}</Cell>
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
  const { t } = useTranslation();
  const { agents } = useStores();
  const loaded = useStore(agents.list);
  const newest = loaded.data?.[0]?.agentId ?? null;
  const open = agentId ?? newest;

  useEffect(() => agents.select(open), [agents, open]);

  const environment = loaded.data?.[0]?.environment ?? null;
  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">{t('agents.title')}</h1>
      <Panel
        title={t('agents.title')}
        flush
        env={environment}
        note={loaded.data === null ? undefined : t('agents.count', { count: loaded.data.length })}
      >
        <LoadedView
          loaded={loaded}
          what={t('agents.what')}
          retry={() => void agents.list.refresh()}
          cancel={() => agents.list.giveUp()}
        >
          {(list) =>
            list.length === 0 ? (
              <EmptyState>{t('agents.empty')}</EmptyState>
            ) : (
              <div className="max-h-80 overflow-y-auto">
                <Table
                  label={t('agents.title')}
                  columns={[
                    { label: t('agents.agent') },
                    { label: t('agents.state') },
                    { label: t('agents.strategy') },
                    { label: t('agents.instrument') },
                    { label: t('agents.regime') },
                    { label: t('agents.net'), align: 'right' },
                    { label: t('agents.r'), align: 'right' },
                    { label: t('agents.spawned'), align: 'right' },
                  ]}
                >
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
