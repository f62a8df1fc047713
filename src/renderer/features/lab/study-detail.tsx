import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LabStudySummary, LabStudyView } from '#shared/contract/lab-views.ts';
import { floatText } from '#shared/format/figures.ts';
import { figureText } from '#shared/format/lab.ts';
import { dateTimeText, durationText } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { useParameterWords } from '../../app/use-parameter-words.ts';
import { zone } from '../../app/zone.ts';
import { Button } from '../../components/button.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { ParameterList } from '../../components/parameter-list.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { FigureCell } from './lab-lists.tsx';
import { MetricTable } from './metric-table.tsx';
import { ReportButtons, STUDY_FORMS } from './report-buttons.tsx';
import { StudyProgress, StudyState } from './run-state.tsx';

const trialColumns = (t: TFunction): readonly Column[] => [
  { label: t('lab.rank'), align: 'right' },
  { label: t('lab.score'), align: 'right' },
  { label: t('lab.return'), align: 'right' },
  { label: t('lab.sharpe'), align: 'right' },
  { label: t('lab.drawdown'), align: 'right' },
  { label: t('lab.trades'), align: 'right' },
  { label: t('lab.parameters') },
];
const foldColumns = (t: TFunction): readonly Column[] => [
  { label: t('lab.testFrom') },
  { label: t('lab.testTo') },
  { label: t('lab.inTraining'), align: 'right' },
  { label: t('lab.inTest'), align: 'right' },
  { label: t('lab.return'), align: 'right' },
  { label: t('lab.chosen') },
];

const score = (value: number | null): string => (value === null ? '–' : floatText(value, 2));

const facts = (t: TFunction, study: LabStudyView, now: LabStudySummary): readonly Pair[] => [
  { label: t('lab.state'), value: <StudyState study={now} /> },
  { label: t('lab.progress'), value: <StudyProgress study={now} /> },
  ...(now.cause === null
    ? []
    : [{ label: t('lab.cause'), value: <span className="text-danger">{said(now.cause.message)}</span> }]),
  { label: t('lab.kinds.search'), value: t('lab.searchBy', { method: study.method, objective: study.objective }) },
  { label: t('lab.candles'), value: t('lab.candleCount', { count: study.candles }) },
  { label: t('lab.source'), value: <span className="break-all">{study.source}</span> },
  { label: t('lab.time'), value: t('lab.timeOn', { time: durationText(now.elapsedMs), count: study.workers }) },
  ...(study.resultHash === null
    ? []
    : [
        {
          label: t('lab.result'),
          value: (
            <CopyText what={t('lab.resultHash')} value={study.resultHash} shown={`${study.resultHash.slice(0, 12)}…`} />
          ),
        },
      ]),
];

function costOfChoosing(t: TFunction, { significance }: LabStudyView): readonly Pair[] {
  if (significance === null) return [];
  return [
    { label: t('lab.triedHere'), value: t('lab.configurationCount', { count: significance.tried }) },
    {
      label: t('lab.deflated'),
      value: said(figureText('deflatedSharpe', significance.deflatedSharpe).value),
      strong: true,
    },
    { label: t('lab.overfitting'), value: said(figureText('winRate', significance.overfitting).value) },
    { label: t('lab.overfittingLoss'), value: said(figureText('winRate', significance.overfittingLoss).value) },
  ];
}

function Trials({ study }: { readonly study: LabStudyView }) {
  const { t } = useTranslation();
  if (study.trials.length === 0) return <EmptyState>{t('lab.noTrial')}</EmptyState>;
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table label={t('lab.configurations')} columns={trialColumns(t)}>
        {study.trials.map((trial, rank) => (
          <tr key={trial.place}>
            <Cell align="right" className="figure-mono text-faint">
              {rank + 1}
            </Cell>
            <Cell align="right" className="figure-mono">
              {score(trial.score)}
            </Cell>
            <Cell align="right">
              <FigureCell name="totalReturn" figure={trial.totalReturn} />
            </Cell>
            <Cell align="right">
              <FigureCell name="sharpe" figure={trial.sharpe} />
            </Cell>
            <Cell align="right">
              <FigureCell name="maxDrawdown" figure={trial.maxDrawdown} />
            </Cell>
            <Cell align="right" className="figure-mono">
              {trial.trades}
            </Cell>
            <Cell className="min-w-80 py-1 whitespace-normal">
              {trial.cause === null ? (
                <ParameterList params={trial.params} />
              ) : (
                <span className="text-danger">{said(trial.cause.message)}</span>
              )}
            </Cell>
          </tr>
        ))}
      </Table>
    </div>
  );
}

function WalkForward({ study }: { readonly study: Extract<LabStudyView, { readonly kind: 'walk-forward' }> }) {
  const { t } = useTranslation();
  const { lab } = useStores();
  const words = useParameterWords();
  const { folds, outOfSample, holdout } = study;
  if (outOfSample === null) return null;
  return (
    <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
      <Panel title={t('lab.folds')} env="simulated" flush note={t('lab.foldsNote')}>
        <Table label={t('lab.folds')} columns={foldColumns(t)}>
          {folds.map((fold) => (
            <tr key={fold.testFrom}>
              <Cell>
                <Moment ms={fold.testFrom} />
              </Cell>
              <Cell>
                <Moment ms={fold.testTo} />
              </Cell>
              <Cell align="right" className="figure-mono">
                {score(fold.trainScore)}
              </Cell>
              <Cell align="right" className="figure-mono">
                {score(fold.testScore)}
              </Cell>
              <Cell align="right">
                <FigureCell name="totalReturn" figure={fold.testReturn} />
              </Cell>
              <Cell className="min-w-64 py-1 whitespace-normal">
                {fold.params === null ? t('lab.noneScored') : <ParameterList params={fold.params} />}
              </Cell>
            </tr>
          ))}
        </Table>
      </Panel>
      <Panel title={t('lab.outOfSample')} env="simulated" flush note={t('lab.outOfSampleNote')}>
        <MetricTable label={t('lab.outOfSample')} metrics={outOfSample} />
      </Panel>
      {holdout !== null && (
        <Panel
          title={t('lab.holdout')}
          note={t('lab.holdoutNote')}
          className="lg:col-span-2"
          flush={holdout.metrics !== null}
        >
          {holdout.metrics === null ? (
            <div className="flex flex-wrap items-center justify-between gap-3 text-12">
              <p className="max-w-prose text-muted">
                {t('lab.holdoutLocked', { from: dateTimeText(holdout.from, zone), to: dateTimeText(holdout.to, zone) })}
              </p>
              {holdout.params !== null && (
                <Button onClick={() => void lab.openHoldout(study.id)}>
                  {t('lab.openFor', { params: words.list(holdout.params) })}
                </Button>
              )}
            </div>
          ) : (
            <MetricTable label={t('lab.holdout')} metrics={holdout.metrics} />
          )}
        </Panel>
      )}
    </div>
  );
}

/** A search or walk-forward: how far it is, what it found, and what choosing among so many costs. */
export function StudyDetail({ study, now }: { readonly study: LabStudyView; readonly now: LabStudySummary }) {
  const { t } = useTranslation();
  const name = useNames();
  const cost = costOfChoosing(t, study);
  return (
    <section aria-label={t('lab.studyOf', { id: study.id })} className="flex flex-col gap-3">
      {now.state === 'completed' && <ReportButtons id={study.id} forms={STUDY_FORMS} />}
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <Panel
          title={t('lab.configurationsOf', { name: name('families', study.strategy) })}
          env="simulated"
          flush
          note={t('lab.bestFirst')}
        >
          <Trials study={study} />
        </Panel>
        <div className="flex min-w-0 flex-col gap-3">
          <Panel title={study.id}>
            <Pairs pairs={facts(t, study, now)} />
          </Panel>
          {cost.length > 0 && (
            <Panel title={t('lab.costOfChoice')}>
              <Pairs pairs={cost} />
            </Panel>
          )}
        </div>
      </div>
      {study.kind === 'walk-forward' && <WalkForward study={study} />}
    </section>
  );
}
