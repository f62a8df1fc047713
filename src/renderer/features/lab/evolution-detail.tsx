import { useTranslation } from 'react-i18next';
import type { LabStudySummary, LabStudyView } from '#shared/contract/lab-views.ts';
import { floatText } from '#shared/format/figures.ts';
import { figureText } from '#shared/format/lab.ts';
import { dateText } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { zone } from '../../app/zone.ts';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { ParameterList } from '../../components/parameter-list.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { LineagePanel } from './lineage-panel.tsx';
import { MetricTable } from './metric-table.tsx';
import { ReportButtons, STUDY_FORMS } from './report-buttons.tsx';
import { reviewMarket } from './review-market.ts';
import { StudyProgress, StudyState } from './run-state.tsx';

type Evolution = Extract<LabStudyView, { readonly kind: 'evolution' }>;
type Props = { readonly study: Evolution; readonly now: LabStudySummary };

const score = (value: number | null): string => (value === null ? '–' : floatText(value, 3));

function Facts({ study, now }: Props) {
  const { t } = useTranslation();
  const name = useNames();
  const { control } = study;
  const pairs: readonly Pair[] = [
    { label: t('breeding.state'), value: <StudyState study={now} /> },
    { label: t('breeding.progress'), value: <StudyProgress study={now} /> },
    ...(now.cause === null
      ? []
      : [{ label: t('breeding.cause'), value: <span className="text-danger">{said(now.cause.message)}</span> }]),
    { label: t('breeding.families'), value: study.families.map((family) => name('families', family)).join(', ') },
    { label: t('breeding.population'), value: study.population },
    {
      label: t('breeding.candles'),
      value: `${study.candles} · ${t('breeding.windows', { count: study.windows.length })}`,
    },
    ...(control === null
      ? []
      : [
          {
            label: t('breeding.control'),
            value: t('breeding.controlText', {
              best: score(control.best),
              median: score(control.median),
              tried: control.tried,
            }),
          },
        ]),
  ];
  return <Pairs pairs={pairs} />;
}

function Generations({ study }: { readonly study: Evolution }) {
  const { t } = useTranslation();
  if (study.generations.length === 0) return <EmptyState>{t('breeding.noGeneration')}</EmptyState>;
  return (
    <div className="max-h-72 overflow-y-auto">
      <Table
        label={t('breeding.generations')}
        columns={[
          { label: t('breeding.generation'), align: 'right' },
          { label: t('breeding.tried'), align: 'right' },
          { label: t('breeding.best'), align: 'right' },
          { label: t('breeding.median'), align: 'right' },
          { label: t('breeding.bestSoFar'), align: 'right' },
        ]}
      >
        {study.generations.map(({ generation, tried, best, median, bestSoFar }) => (
          <tr key={generation} data-generation={generation}>
            {[generation, tried, score(best), score(median), score(bestSoFar)].map((value, column) => (
              <Cell key={column} align="right" className="figure-mono">
                {value}
              </Cell>
            ))}
          </tr>
        ))}
      </Table>
    </div>
  );
}

function Verdict({ study }: { readonly study: Evolution }) {
  const { t } = useTranslation();
  const name = useNames();
  const { verdict, best } = study;
  if (verdict === null) return <EmptyState>{t('breeding.noVerdict')}</EmptyState>;
  const pairs: readonly Pair[] = [
    { label: t('breeding.verdict'), value: t(`breeding.standings.${verdict.standing}`), strong: true },
    { label: t('breeding.deflated'), value: said(figureText('deflatedSharpe', verdict.deflatedBySpread).value) },
    { label: t('breeding.looks'), value: verdict.looks },
    ...(best === null
      ? []
      : [
          { label: t('breeding.bestGenome'), value: <span className="figure-mono">{best.id}</span> },
          { label: t('breeding.family'), value: name('families', best.family) },
          { label: t('breeding.parameters'), value: <ParameterList params={best.params} /> },
          { label: t('breeding.envelope'), value: t('breeding.envelopeText', best.envelope) },
          {
            label: t('breeding.parents'),
            value: best.parents.length === 0 ? t('breeding.noParents') : best.parents.join(' '),
          },
          { label: t('breeding.fitness'), value: score(best.fitness) },
          { label: t('breeding.trades'), value: best.trades },
        ]),
  ];
  return (
    <>
      <Pairs pairs={pairs} />
      <ul className="mt-2 text-12 text-muted">
        {verdict.reasons.map((reason) => (
          <li key={reason} className="first-letter:uppercase">
            {said(reason)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** An evolution: how far it is, what each generation found, what the engine decided and why, and where every genome came from. */
export function EvolutionDetail({ study, now }: Props) {
  const { t } = useTranslation();
  const { proof, holdout } = study;
  return (
    <section aria-label={t('breeding.evolution', { id: study.id })} className="flex flex-col gap-3">
      {now.state === 'completed' && <ReportButtons id={study.id} forms={STUDY_FORMS} />}
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
        <Panel title={t('breeding.evolution', { id: study.id })}>
          <Facts study={study} now={now} />
        </Panel>
        <Panel title={t('breeding.verdict')} note={t('breeding.verdictNote')}>
          <Verdict study={study} />
        </Panel>
        <Panel title={t('breeding.generations')} note={t('breeding.generationsNote')} flush>
          <Generations study={study} />
        </Panel>
        <Panel title={t('breeding.proof')} note={t('breeding.proofNote')} env="simulated" flush>
          {proof === null ? (
            <EmptyState>{t('breeding.noProof')}</EmptyState>
          ) : (
            <MetricTable label={t('breeding.proof')} metrics={proof.metrics} />
          )}
          {holdout !== null && (
            <p className="border-t border-hair px-3 py-2 text-12 text-muted">
              {t('breeding.holdoutLocked', { from: dateText(holdout.from, zone), to: dateText(holdout.to, zone) })}
            </p>
          )}
        </Panel>
      </div>
      {/* A study that went on has bred more, and one that ended has been judged. */}
      <LineagePanel key={`${now.state} ${study.generations.length}`} study={study.id} market={reviewMarket(study)} />
    </section>
  );
}
