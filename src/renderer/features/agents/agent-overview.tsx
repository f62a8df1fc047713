import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentWhy } from '#shared/contract/agents.ts';
import { buildFeed } from '#shared/format/feed.ts';
import { shortHash } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { SignedMoney, SignedR } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { FeedList } from '../command/feed-list.tsx';
import { Source, Verdict } from '../command/judgement.tsx';
import { EvidenceTable } from '../evidence/evidence-table.tsx';

/** What it is, why it exists, and what it did last. */
export function AgentOverview({ why }: { readonly why: AgentWhy }) {
  const { t } = useTranslation();
  const { agent, assessment, spec } = why;
  const items = useMemo(() => buildFeed(why), [why]);
  return (
    <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[18rem_minmax(0,1fr)] 2xl:grid-cols-[18rem_minmax(0,1fr)_25rem]">
      <Panel title={t('agents.identity')} env={agent.environment}>
        <Pairs pairs={useIdentity(why)} />
      </Panel>
      <Panel title={t('agents.why')} env={agent.environment}>
        <div className="flex flex-col gap-3">
          {assessment === null ? (
            <p className="text-12 text-muted">{t('agents.noAssessment')}</p>
          ) : (
            <>
              <Verdict assessment={assessment} />
              <Source assessment={assessment} />
              <EvidenceTable facts={assessment.evidence} cycle={agent.cycle} />
            </>
          )}
          <p className="text-12">{said(spec.why)}</p>
        </div>
      </Panel>
      <Panel title={t('agents.did')} env={agent.environment} flush className="lg:max-2xl:col-start-2">
        {items.length === 0 ? (
          <EmptyState>{t('agents.noDecision')}</EmptyState>
        ) : (
          <div className="max-h-[40rem] overflow-y-auto" tabIndex={0} role="region" aria-label={t('run.work.region')}>
            <FeedList items={items} env={agent.environment} label={t('run.work.list')} />
          </div>
        )}
      </Panel>
    </div>
  );
}

function useIdentity({ agent }: AgentWhy): readonly Pair[] {
  const { t } = useTranslation();
  const name = useNames();
  return [
    { label: t('agents.net'), value: <SignedMoney text={agent.netPnl} asset={agent.quoteAsset} />, strong: true },
    { label: t('agents.inR'), value: <SignedR r={agent.r} />, strong: true },
    { label: t('agents.strategy'), value: name('families', agent.family) },
    {
      label: t('agents.madeFor'),
      value: t('agents.madeForValue', {
        regime: name('regimes', agent.regime),
        instrument: agent.instrument,
        interval: agent.interval,
      }),
    },
    { label: t('agents.spawned'), value: <Moment ms={agent.spawnedAt} /> },
    ...(agent.paused === null
      ? []
      : [
          {
            label: t(agent.retiredAt === null ? 'agents.paused' : 'agents.pausedUntilEnd'),
            value: (
              <>
                <Moment ms={agent.paused.at} />{' '}
                {t('agents.pausedBy', { by: t(`approvals.face.${agent.paused.by}`), why: agent.paused.why })}
              </>
            ),
          },
        ]),
    ...(agent.retiredAt === null ? [] : [{ label: t('agents.ended'), value: <Moment ms={agent.retiredAt} /> }]),
    ...(agent.retiredWhy === null ? [] : [{ label: t('agents.because'), value: agent.retiredWhy }]),
    { label: t('agents.run'), value: <CopyText value={agent.runId} what={t('agents.runWhat')} /> },
    {
      label: t('agents.hash'),
      value: <CopyText value={agent.specHash} shown={shortHash(agent.specHash)} what={t('agents.hashWhat')} />,
    },
  ];
}
