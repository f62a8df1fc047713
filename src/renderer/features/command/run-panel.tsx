import { useMemo } from 'react';
import { Link } from 'wouter';
import type { CycleView } from '#shared/contract/cycle.ts';
import { buildFeed } from '#shared/format/feed.ts';
import { countText } from '#shared/format/names.ts';
import { Chip } from '../../components/chip.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { FeedList } from './feed-list.tsx';

const waitingWords = (cycle: CycleView | null): string => {
  if (cycle === null) return 'The agent, its decisions with their reasons, its orders and fills appear here.';
  if (cycle.state === 'running') return 'The agent begins once it is spawned.';
  return cycle.agentId === null
    ? 'No agent was spawned in this run, so there was nothing to decide.'
    : 'The agent decided nothing before it ended.';
};

/** The agent at work. */
export function RunPanel({ cycle }: { readonly cycle: CycleView | null }) {
  const items = useMemo(() => (cycle === null ? [] : buildFeed(cycle)), [cycle]);
  const active = cycle?.state === 'running' && cycle.agentId !== null;
  return (
    <Panel
      title="Run"
      flush
      env={cycle?.environment ?? null}
      note={
        cycle === null || items.length === 0
          ? undefined
          : `${countText(cycle.decisions.length, 'decision')}, ${countText(cycle.fills.length, 'fill')}`
      }
      actions={
        cycle?.agentId == null ? undefined : (
          <>
            {active && <Chip tone="accent">trading</Chip>}
            <Link href={`/agents/${cycle.agentId}`} className="text-12 text-accent underline-offset-2 hover:underline">
              {cycle.agentId}
            </Link>
          </>
        )
      }
    >
      {items.length === 0 || cycle === null ? (
        <EmptyState>{waitingWords(cycle)}</EmptyState>
      ) : (
        <div className="max-h-[32rem] overflow-y-auto" tabIndex={0} role="region" aria-label="Decision feed">
          <FeedList items={items} env={cycle.environment} label="Decisions, orders and fills, newest first" />
        </div>
      )}
    </Panel>
  );
}
