import type { LabStudySummary, LabStudyView } from '#shared/contract/lab-views.ts';
import { floatText } from '#shared/format/figures.ts';
import { figureText, paramsText } from '#shared/format/lab.ts';
import { countText, familyName } from '#shared/format/names.ts';
import { durationText } from '#shared/format/time.ts';
import { Button } from '../../components/button.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { FigureCell } from './lab-lists.tsx';
import { MetricTable } from './metric-table.tsx';
import { StudyProgress, StudyState } from './run-state.tsx';

const TRIAL_COLUMNS: readonly Column[] = [
  { label: 'Rank', align: 'right' },
  { label: 'Score', align: 'right' },
  { label: 'Return', align: 'right' },
  { label: 'Sharpe', align: 'right' },
  { label: 'Drawdown', align: 'right' },
  { label: 'Trades', align: 'right' },
  { label: 'Parameters' },
];
const FOLD_COLUMNS: readonly Column[] = [
  { label: 'Test from' },
  { label: 'To' },
  { label: 'In training', align: 'right' },
  { label: 'In test', align: 'right' },
  { label: 'Return', align: 'right' },
  { label: 'Chosen' },
];

const score = (value: number | null): string => (value === null ? '–' : floatText(value, 2));

const facts = (study: LabStudyView, now: LabStudySummary): readonly Pair[] => [
  { label: 'State', value: <StudyState study={now} /> },
  { label: 'Progress', value: <StudyProgress study={now} /> },
  ...(now.cause === null ? [] : [{ label: 'Cause', value: <span className="text-danger">{now.cause.message}</span> }]),
  { label: 'Search', value: `${study.method}, by ${study.objective}` },
  { label: 'Candles', value: countText(study.candles, 'candle') },
  { label: 'Source', value: <span className="break-all">{study.source}</span> },
  { label: 'Time', value: `${durationText(now.elapsedMs)} on ${countText(study.workers, 'thread')}` },
  ...(study.resultHash === null
    ? []
    : [
        {
          label: 'Result',
          value: <CopyText what="result hash" value={study.resultHash} shown={`${study.resultHash.slice(0, 12)}…`} />,
        },
      ]),
];

function costOfChoosing({ significance }: LabStudyView): readonly Pair[] {
  if (significance === null) return [];
  return [
    { label: 'Tried on these candles', value: countText(significance.tried, 'configuration') },
    {
      label: 'Best is above zero, deflated',
      value: figureText('deflatedSharpe', significance.deflatedSharpe).value,
      strong: true,
    },
    { label: 'Probability of overfitting', value: figureText('winRate', significance.overfitting).value },
    { label: 'It loses on the other half', value: figureText('winRate', significance.overfittingLoss).value },
  ];
}

function Trials({ study }: { readonly study: LabStudyView }) {
  if (study.trials.length === 0) return <EmptyState>Nothing is finished yet.</EmptyState>;
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table label="Configurations" columns={TRIAL_COLUMNS}>
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
            <Cell>
              {trial.cause === null ? (
                paramsText(trial.params)
              ) : (
                <span className="text-danger">{trial.cause.message}</span>
              )}
            </Cell>
          </tr>
        ))}
      </Table>
    </div>
  );
}

function WalkForward({ study }: { readonly study: Extract<LabStudyView, { readonly kind: 'walk-forward' }> }) {
  const { lab } = useStores();
  const { folds, outOfSample, holdout } = study;
  if (outOfSample === null) return null;
  return (
    <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
      <Panel title="Folds" env="simulated" flush note="chosen in training, tested on later candles">
        <Table label="Folds" columns={FOLD_COLUMNS}>
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
              <Cell>{fold.params === null ? 'none had a score' : paramsText(fold.params)}</Cell>
            </tr>
          ))}
        </Table>
      </Panel>
      <Panel title="Out of sample" env="simulated" flush note="the tests one after the other">
        <MetricTable label="Out of sample" metrics={outOfSample} />
      </Panel>
      {holdout !== null && (
        <Panel
          title="Holdout"
          note="the newest candles, kept back"
          className="lg:col-span-2"
          flush={holdout.metrics !== null}
        >
          {holdout.metrics === null ? (
            <div className="flex flex-wrap items-center justify-between gap-3 text-12">
              <p className="max-w-prose text-muted">
                <Moment ms={holdout.from} /> to <Moment ms={holdout.to} /> are locked. They can be looked at once: after
                that, every further choice on these candles would know them.
              </p>
              {holdout.params !== null && (
                <Button onClick={() => void lab.openHoldout(study.id)}>Open it for {paramsText(holdout.params)}</Button>
              )}
            </div>
          ) : (
            <MetricTable label="Holdout" metrics={holdout.metrics} />
          )}
        </Panel>
      )}
    </div>
  );
}

/** A search or walk-forward: how far it is, what it found, and what choosing among so many costs. */
export function StudyDetail({ study, now }: { readonly study: LabStudyView; readonly now: LabStudySummary }) {
  const cost = costOfChoosing(study);
  return (
    <section aria-label={`Study ${study.id}`} className="flex flex-col gap-3">
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <Panel title={`${familyName(study.strategy)}: configurations`} env="simulated" flush note="the best first">
          <Trials study={study} />
        </Panel>
        <div className="flex min-w-0 flex-col gap-3">
          <Panel title={study.id}>
            <Pairs pairs={facts(study, now)} />
          </Panel>
          {cost.length > 0 && (
            <Panel title="What the choice costs">
              <Pairs pairs={cost} />
            </Panel>
          )}
        </div>
      </div>
      {study.kind === 'walk-forward' && <WalkForward study={study} />}
    </section>
  );
}
