import type { LabStudySummary, LabStudyView, RunSummary, TrialView } from '#shared/contract/lab-views.ts';
import { figureText, paramsText } from '#shared/format/lab.ts';
import { countText } from '#shared/format/names.ts';
import { durationText } from '#shared/format/time.ts';
import { evolutionLines } from './evolution-lines.ts';
import { exact, moment } from './figures.ts';
import { type Line, line, span } from './line.ts';
import { metricTable } from './run-lines.ts';
import { heading, pairs, table } from './table.ts';

const ASCII = { ascii: true } as const;
const TRIALS_SHOWN = 10;

const figure = (name: string, view: TrialView['sharpe']): string => {
  const { value, known } = figureText(name, view, ASCII);
  return known ? value : '-';
};

const scoreText = (score: number | null): string => (score === null ? '-' : score.toFixed(4));

/** `running  120 of 200, 1m 05s left` */
export function progressText({ done, planned, failed, etaMs, state }: LabStudySummary): string {
  const left = state === 'running' && etaMs !== null ? `, ${durationText(etaMs)} left` : '';
  return `${done} of ${planned} runs${failed > 0 ? `, ${failed} failed` : ''}${left}`;
}

const trialTable = (trials: readonly TrialView[]): readonly Line[] =>
  table<TrialView>(
    [
      { title: 'SCORE', cell: ({ score }) => scoreText(score), align: 'right' },
      { title: 'RETURN', cell: ({ totalReturn }) => figure('totalReturn', totalReturn), align: 'right' },
      { title: 'SHARPE', cell: ({ sharpe }) => figure('sharpe', sharpe), align: 'right' },
      { title: 'DRAWDOWN', cell: ({ maxDrawdown }) => figure('maxDrawdown', maxDrawdown), align: 'right' },
      { title: 'TRADES', cell: ({ trades }) => String(trades), align: 'right' },
      {
        title: 'PARAMETERS',
        cell: ({ params, cause }) => (cause === null ? paramsText(params) : span(cause.message, 'danger')),
      },
    ],
    trials.slice(0, TRIALS_SHOWN),
  );

function significanceLines({ significance }: LabStudyView): readonly Line[] {
  if (significance === null) return [];
  const { tried, deflatedSharpe, overfitting, overfittingLoss } = significance;
  const text = (name: string, view: TrialView['sharpe']): Line => line(figureText(name, view, ASCII).value);
  return [
    ...heading('What the choice costs'),
    ...pairs([
      ['Tried', line(`${countText(tried, 'configuration')} on these candles, all studies together`)],
      [
        'Deflated',
        text('deflatedSharpe', deflatedSharpe).concat(
          span('  that the Sharpe ratio of the best is above zero', 'muted'),
        ),
      ],
      [
        'Overfitting',
        text('winRate', overfitting).concat(
          span('  that the best of one half is below the median of the other', 'muted'),
        ),
      ],
      ['', text('winRate', overfittingLoss).concat(span('  that it loses there', 'muted'))],
    ]),
  ];
}

function foldLines(study: LabStudyView): readonly Line[] {
  if (study.kind !== 'walk-forward') return [];
  const { folds, outOfSample, holdout } = study;
  return [
    ...(folds.length === 0 ? [] : heading('Folds', span('chosen in training, tested on later candles', 'muted'))),
    ...table(
      [
        { title: 'TEST FROM', cell: (fold) => moment(fold.testFrom) },
        { title: 'TO', cell: (fold) => moment(fold.testTo) },
        { title: 'TRAINING', cell: (fold) => scoreText(fold.trainScore), align: 'right' },
        { title: 'TEST', cell: (fold) => scoreText(fold.testScore), align: 'right' },
        { title: 'RETURN', cell: (fold) => figure('totalReturn', fold.testReturn), align: 'right' },
        { title: 'PARAMETERS', cell: (fold) => (fold.params === null ? 'none had a score' : paramsText(fold.params)) },
      ],
      folds,
    ),
    ...(outOfSample === null
      ? []
      : [...heading('Out of sample', span('the tests one after the other', 'muted')), ...metricTable(outOfSample)]),
    ...(holdout === null
      ? []
      : [
          ...heading('Holdout'),
          ...pairs([
            ['Candles', line(`${moment(holdout.from)} to ${moment(holdout.to)}`)],
            [
              'State',
              line(
                holdout.state === 'locked' ? `locked; open it once with: mt lab holdout ${study.id}` : holdout.state,
              ),
            ],
          ]),
          ...(holdout.metrics === null ? [] : metricTable(holdout.metrics)),
        ]),
  ];
}

/** A search or walk-forward as a page. */
export function studyLines(study: LabStudyView): readonly Line[] {
  return [
    line(
      span(`${study.kind} ${study.strategy}`, 'strong'),
      `  ${study.instrument ?? 'no instrument named'} ${study.interval}`,
      span(`  ${study.id}`, 'muted'),
    ),
    ...pairs([
      ['State', line(study.state, span(`  ${progressText(study)}`, 'muted'))],
      ...(study.cause === null ? [] : [['Cause', line(span(study.cause.message, 'danger'))] as const]),
      ['Candles', line(`${countText(study.candles, 'candle')}, ${study.source}`)],
      [
        'Search',
        line(
          `${study.method}, by ${study.objective}, ${countText(study.workers, 'thread')}, ${durationText(study.elapsedMs)}`,
        ),
      ],
      ...(study.resultHash === null ? [] : [['Result', line(span(study.resultHash, 'muted'))] as const]),
    ]),
    ...(study.trials.length === 0 ? [] : [...heading('Best configurations'), ...trialTable(study.trials)]),
    ...significanceLines(study),
    ...foldLines(study),
    ...(study.kind === 'evolution' ? evolutionLines(study) : []),
  ];
}

export function listLines(runs: readonly RunSummary[], studies: readonly LabStudySummary[]): readonly Line[] {
  if (runs.length === 0 && studies.length === 0)
    return [
      line('Nothing has been played yet.'),
      line(span('Begin with: mt backtest --strategy trend-following', 'muted')),
    ];
  return [
    ...(runs.length === 0 ? [] : heading('Back-tests')),
    ...(runs.length === 0
      ? []
      : table<RunSummary>(
          [
            { title: 'ID', cell: ({ id }) => span(id, 'muted') },
            { title: 'STRATEGY', cell: ({ strategy }) => strategy },
            { title: 'MARKET', cell: ({ instrument, interval }) => `${instrument ?? '-'} ${interval}` },
            {
              title: 'EQUITY',
              cell: ({ finalEquity }) => (finalEquity === null ? span('failed', 'danger') : exact(finalEquity)),
              align: 'right',
            },
            { title: 'RETURN', cell: ({ totalReturn }) => figure('totalReturn', totalReturn), align: 'right' },
            { title: 'TRADES', cell: ({ trades }) => String(trades), align: 'right' },
            { title: 'PARAMETERS', cell: ({ params }) => paramsText(params) },
          ],
          runs,
        )),
    ...(studies.length === 0 ? [] : heading('Studies')),
    ...(studies.length === 0
      ? []
      : table<LabStudySummary>(
          [
            { title: 'ID', cell: ({ id }) => span(id, 'muted') },
            { title: 'KIND', cell: ({ kind }) => kind },
            { title: 'STRATEGY', cell: ({ strategy }) => strategy },
            { title: 'STATE', cell: ({ state }) => state },
            { title: 'PROGRESS', cell: progressText },
            {
              title: 'BEST',
              cell: ({ bestScore, objective }) => `${scoreText(bestScore)} ${objective}`,
              align: 'right',
            },
          ],
          studies,
        )),
  ];
}
