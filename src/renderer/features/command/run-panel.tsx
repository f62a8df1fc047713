import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CycleView } from '#shared/contract/cycle.ts';
import { buildFeed } from '#shared/format/feed.ts';
import { Chip } from '../../components/chip.tsx';
import { EmptyState } from '../../components/states.tsx';
import { MarketPanel } from '../shell/market-panel.tsx';
import { AgentNow } from './agent-now.tsx';
import { FeedList } from './feed-list.tsx';

const waiting = (cycle: CycleView | null): 'before' | 'notYet' | 'noAgent' | 'nothing' => {
  if (cycle === null) return 'before';
  if (cycle.state === 'running') return 'notYet';
  return cycle.agentId === null ? 'noAgent' : 'nothing';
};

/** The agent at work. */
export function RunPanel({ cycle }: { readonly cycle: CycleView | null }) {
  const { t } = useTranslation();
  const items = useMemo(() => (cycle === null ? [] : buildFeed(cycle)), [cycle]);
  const active = cycle?.state === 'running' && cycle.agentId !== null;
  return (
    <MarketPanel
      title={t('run.work.title')}
      flush
      env={cycle?.environment ?? null}
      note={
        cycle === null || items.length === 0
          ? undefined
          : t('run.work.counts', {
              decisions: t('run.work.decisions', { count: cycle.decisions.length }),
              fills: t('run.work.fills', { count: cycle.fills.length }),
            })
      }
      actions={
        cycle?.agentId == null ? undefined : (
          <>
            {active && <Chip tone="accent">{t('run.work.trading')}</Chip>}
            <Link href={`/agents/${cycle.agentId}`} className="text-12 text-accent underline-offset-2 hover:underline">
              {cycle.agentId}
            </Link>
          </>
        )
      }
    >
      {active && <AgentNow cycle={cycle} />}
      {items.length === 0 || cycle === null ? (
        <EmptyState>{t(`run.work.${waiting(cycle)}`)}</EmptyState>
      ) : (
        <div className="max-h-[32rem] overflow-y-auto" tabIndex={0} role="region" aria-label={t('run.work.region')}>
          <FeedList items={items} env={cycle.environment} label={t('run.work.list')} />
        </div>
      )}
    </MarketPanel>
  );
}
