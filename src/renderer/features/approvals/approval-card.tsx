import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ApprovalView } from '#shared/contract/automation.ts';
import { shortPercentText } from '#shared/format/figures.ts';
import { sentence } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Chip } from '../../components/chip.tsx';
import { EnvTag } from '../../components/env.tsx';
import { ApprovalActions } from './approval-actions.tsx';
import { EntryLine } from './entry-line.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { ImpactStrip } from './impact-strip.tsx';

type Props = {
  readonly approval: ApprovalView;
  /** An alert led here: the card comes into view. */
  readonly aimedAt?: boolean;
};

/** One thing that waits for the master, with everything that it takes to decide. */
export function ApprovalCard({ approval, aimedAt = false }: Props) {
  const { t } = useTranslation();
  const named = useNames();
  const { id, kind, family, instrument, interval, cycle, environment, why, limits, edits } = approval;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (aimedAt) card.current?.scrollIntoView({ block: 'start' });
  }, [aimedAt]);
  return (
    <article
      ref={card}
      data-testid="approval"
      data-approval={id}
      aria-label={id}
      className="rounded-panel border border-hair bg-bg1"
    >
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 py-3">
        <span className="figure-mono text-11 text-faint">{id}</span>
        <h3 className="text-13 font-bold">
          {t('approvals.of', { family: named('families', family), instrument, interval })}
        </h3>
        <Chip>{t(`approvals.${kind}`)}</Chip>
        {edits > 0 && <Chip tone="accent">{t('approvals.lowered')}</Chip>}
        <span className="ml-auto flex items-center gap-2">
          <Link href="/" className="text-11 text-accent hover:underline">
            {t('approvals.run', { cycle })}
          </Link>
          <EnvTag environment={environment} />
        </span>
        <p className="w-full text-12 text-muted">{sentence(said(why))}</p>
        {kind === 'brief' && (
          <p className="figure w-full text-12">
            {t('approvals.limit.risk')} {shortPercentText(limits.riskPerTrade)} · {t('approvals.limit.size')}{' '}
            {shortPercentText(limits.maxNotionalFraction)} · {t('approvals.limit.positions')} {limits.maxPositions} ·{' '}
            {t('approvals.limit.life')} {limits.maxBars}
          </p>
        )}
      </header>
      {approval.entry !== null && <EntryLine entry={approval.entry} />}
      <ImpactStrip approval={approval} />
      <ApprovalActions approval={approval} />
      <EvidenceList approval={approval} />
    </article>
  );
}
