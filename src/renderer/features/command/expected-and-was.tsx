import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CycleView } from '#shared/contract/cycle.ts';
import { compare, opposite, times } from '#shared/format/decimal-text.ts';
import { floatText } from '#shared/format/figures.ts';
import { inParts, worstOf } from '#shared/format/plan.ts';
import { SignedMoney, SignedR } from '../../components/figures.tsx';
import { Section } from '../../components/section.tsx';

type Props = {
  readonly cycle: CycleView;
  readonly spec: NonNullable<CycleView['agentSpec']>;
  readonly result: NonNullable<CycleView['result']>;
};
type Row = { readonly what: string; readonly planned: ReactNode; readonly was: ReactNode };

/** What the brief said beside what came of it; nothing of it is judged here. */
export function ExpectedAndWas({ cycle, spec, result }: Props) {
  const { t } = useTranslation();
  const { envelope, lifespan } = spec;
  const refused = cycle.decisions.filter(({ verdict }) => verdict === 'denied').length;
  // Multiples of ATR, and so of the same length: what the target is worth when the stop is one unit of risk. A drawing, not an account.
  const targetR = Number(envelope.targetAtr) / Number(envelope.stopAtr);
  const rows: readonly Row[] = [
    {
      what: t('run.debrief.loss'),
      planned: (
        <SignedMoney
          text={opposite(times(cycle.startedWith.equity, worstOf(envelope).trade))}
          asset={result.quoteAsset}
        />
      ),
      was:
        compare(result.netPnl, '0') < 0 ? (
          <SignedMoney text={result.netPnl} asset={result.quoteAsset} />
        ) : (
          t('run.debrief.nothingLost')
        ),
    },
    {
      what: t('run.debrief.inRisk'),
      planned: inParts(spec.parameters)
        ? t('run.debrief.none')
        : t('run.debrief.leastR', { target: floatText(targetR, 2, { sign: 'always' }) }),
      was: <SignedR r={result.r} />,
    },
    {
      what: t('run.debrief.life'),
      planned: t('run.debrief.lifeAtMost', { count: lifespan.maxBars }),
      was: t('run.debrief.lifeWas', { count: result.barsLived }),
    },
    {
      what: t('run.debrief.refused'),
      planned: t('run.debrief.none'),
      was:
        refused === 0 ? (
          t('run.debrief.none')
        ) : (
          <span className="text-warn">{t('run.debrief.refusals', { count: refused })}</span>
        ),
    },
  ];
  return (
    <Section title={t('run.debrief.expected')}>
      <dl data-testid="expected" className="flex flex-col text-12">
        {rows.map(({ what, planned, was }) => (
          <div key={what} className="grid grid-cols-2 gap-x-4 border-t border-hair py-1 first:border-t-0">
            <dt className="col-span-2 text-11 text-faint">{what}</dt>
            <dd className="figure min-w-0 text-muted">
              <span className="sr-only">{t('run.debrief.planned')}: </span>
              {planned}
            </dd>
            <dd className="figure min-w-0 text-right font-medium">
              <span className="sr-only">{t('run.debrief.was')}: </span>
              {was}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
