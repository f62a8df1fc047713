import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { AgentWhy } from '#shared/contract/agents.ts';
import { trimmed } from '#shared/format/decimal-text.ts';
import { buildFeed } from '#shared/format/feed.ts';
import { decimalText, shortPercentText } from '#shared/format/figures.ts';
import { countText, familyName, regimeName } from '#shared/format/names.ts';
import { SignedMoney, SignedR } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { FeedList } from '../command/feed-list.tsx';
import { Evidence, Source, Verdict } from '../command/judgement.tsx';
import { LessonsUsed, SpecDetails } from '../command/spec-details.tsx';
import { FillsTable, OrdersTable } from '../portfolio/order-tables.tsx';

const overview = ({ agent, spec }: AgentWhy): readonly Pair[] => [
  { label: 'Run', value: <span className="figure-mono">{agent.runId}</span> },
  { label: 'Strategy', value: familyName(agent.family) },
  { label: 'Made for', value: `${regimeName(agent.regime)}, ${agent.instrument} ${agent.interval}` },
  { label: 'Spawned', value: <Moment ms={agent.spawnedAt} /> },
  ...(agent.retiredAt === null ? [] : [{ label: 'Retired', value: <Moment ms={agent.retiredAt} /> }]),
  ...(agent.retiredWhy === null ? [] : [{ label: 'Because', value: agent.retiredWhy }]),
  { label: 'Net result', value: <SignedMoney text={agent.netPnl} asset={agent.quoteAsset} />, strong: true },
  { label: 'In risk units', value: <SignedR r={agent.r} />, strong: true },
  { label: 'Risk per trade', value: shortPercentText(spec.envelope.riskPerTrade) },
  { label: 'Largest position', value: `${shortPercentText(spec.envelope.maxNotionalFraction)} of equity` },
  {
    label: 'Stop / target',
    value: `${decimalText(trimmed(spec.envelope.stopAtr))} / ${decimalText(trimmed(spec.envelope.targetAtr))} ATR`,
  },
  { label: 'Day loss limit', value: shortPercentText(spec.envelope.dayLoss) },
  { label: 'Lives at most', value: countText(spec.lifespan.maxBars, 'candle') },
];

function Why({ why }: { readonly why: AgentWhy }) {
  const items = useMemo(() => buildFeed(why), [why]);
  const { agent, assessment, spec } = why;
  return (
    <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[18rem_minmax(0,1fr)] 2xl:grid-cols-[18rem_minmax(0,1fr)_25rem]">
      <Panel title={agent.agentId} env={agent.environment}>
        <Pairs pairs={overview(why)} />
      </Panel>
      <Panel title="Why it exists" env={agent.environment} flush>
        <div className="flex flex-col gap-3 p-4">
          {assessment === null ? (
            <p className="text-12 text-muted">The assessment of this run is not in the journal any more.</p>
          ) : (
            <>
              <Verdict assessment={assessment} />
              <Source assessment={assessment} />
              <Evidence assessment={assessment} />
            </>
          )}
          <p className="text-12">{spec.why}</p>
        </div>
        <LessonsUsed lessons={spec.lessons} />
        <SpecDetails spec={spec} />
      </Panel>
      <Panel title="What it decided" env={agent.environment} flush className="lg:max-2xl:col-start-2">
        {items.length === 0 ? (
          <EmptyState>No decision yet. It decides on each closed candle.</EmptyState>
        ) : (
          <div className="max-h-[40rem] overflow-y-auto" tabIndex={0} role="region" aria-label="Decision feed">
            <FeedList items={items} env={agent.environment} label="Decisions, orders and fills, newest first" />
          </div>
        )}
      </Panel>
      <div className="col-span-full flex min-w-0 flex-col gap-3">
        <Panel title="Orders" env={agent.environment} flush>
          <OrdersTable env={agent.environment} orders={why.orders} empty="It placed no order." />
        </Panel>
        <Panel title="Fills" env={agent.environment} flush>
          <FillsTable env={agent.environment} fills={why.fills} empty="Nothing was filled." />
        </Panel>
      </div>
    </div>
  );
}

/** One agent: why it exists, what it is, what it did. */
export function AgentDetail({ agentId }: { readonly agentId: string }) {
  const { agents } = useStores();
  const loaded = useStore(agents.why);
  return (
    <section aria-label={`Agent ${agentId}`}>
      <LoadedView loaded={loaded} what={`agent ${agentId}`} retry={() => void agents.why.refresh()}>
        {(why) => <Why why={why} />}
      </LoadedView>
    </section>
  );
}
