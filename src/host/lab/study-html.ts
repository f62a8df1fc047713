import { unixMs } from '#core/domain/ids.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { escapeHtml } from '#core/report/escape.ts';
import type { FigureView, LabStudyView } from '#shared/contract/lab-views.ts';
import { figureText, paramsText } from '#shared/format/lab.ts';
import { evolutionSections } from './evolution-html.ts';
import { cell, headOf, section, table } from './html-pieces.ts';
import { metricTable } from './metric-table.ts';

const day = (ms: number): string => utcText(unixMs(ms)).slice(0, 10);
const score = (value: number | null): string => (value === null ? 'no score' : value.toFixed(4));
const shown = (name: string, figure: FigureView): string => figureText(name, figure).value;

const WIDTH = 960;
const HEIGHT = 260;
const EDGE = 44;

/** Every shown configuration as a point: its deepest drawdown across, its score up. What is far left and high is what one would like. */
function scatter({ trials, objective }: LabStudyView): string {
  const points = trials.flatMap(({ score: up, maxDrawdown, params }) =>
    up !== null && 'value' in maxDrawdown ? [{ x: maxDrawdown.value, y: up, name: paramsText(params) }] : [],
  );
  if (points.length < 2) return '<p class="quiet">Not enough configurations with a score to draw.</p>';
  const span = (values: readonly number[]): readonly [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return high > low ? [low, high] : [low - 1, high + 1];
  };
  const [left, right] = span(points.map(({ x }) => x));
  const [low, high] = span(points.map(({ y }) => y));
  const at = (value: number, from: number, to: number, room: number): number =>
    EDGE + ((value - from) / (to - from)) * (room - 2 * EDGE);
  const dots = points.map(({ x, y, name }, rank) => {
    const [cx, cy] = [at(x, left, right, WIDTH), HEIGHT - at(y, low, high, HEIGHT)];
    const look = rank === 0 ? 'r="6" fill="#0369a1"' : 'r="4" fill="#536578" fill-opacity="0.6"';
    return `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" ${look}><title>${escapeHtml(`${name}: ${y.toFixed(4)}`)}</title></circle>`;
  });
  const label = (x: number, y: number, text: string, anchor = 'start'): string =>
    `<text x="${x}" y="${y}" font-size="12" text-anchor="${anchor}" fill="currentColor">${escapeHtml(text)}</text>`;
  return [
    `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Score and drawdown of each configuration">`,
    `<path d="M${EDGE} ${EDGE / 2}V${HEIGHT - EDGE / 2}H${WIDTH - EDGE / 2}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>`,
    ...dots,
    label(EDGE + 6, 16, `${objective} ${high.toFixed(2)}`),
    label(EDGE + 6, HEIGHT - EDGE / 2 - 6, low.toFixed(2)),
    label(EDGE, HEIGHT - 4, `${(left * 100).toFixed(1)}% drawdown`),
    label(WIDTH - EDGE / 2, HEIGHT - 4, `${(right * 100).toFixed(1)}%`, 'end'),
    '</svg><figcaption>each configuration: its deepest drawdown across, its score up; the best one is larger</figcaption></figure>',
  ].join('');
}

const trialTable = ({ trials, objective }: LabStudyView): string =>
  table(
    [`#${objective}`, '#Return', '#Sharpe', '#Drawdown', '#Trades', 'Parameters'],
    trials.map((trial) =>
      [
        cell(trial.cause === null ? score(trial.score) : `failed: ${trial.cause.message}`, true),
        cell(shown('totalReturn', trial.totalReturn), true),
        cell(shown('sharpe', trial.sharpe), true),
        cell(shown('maxDrawdown', trial.maxDrawdown), true),
        cell(String(trial.trades), true),
        cell(paramsText(trial.params)),
      ].join(''),
    ),
  );

function significance({ significance: found }: LabStudyView): string {
  if (found === null) return '<p class="quiet">The study did not end, so nothing can be said.</p>';
  return table(
    ['What', '#Value'],
    [
      [cell('Configurations ever tried on these candles'), cell(String(found.tried), true)],
      [
        cell('Probability that the true Sharpe ratio of the best is above zero, deflated'),
        cell(shown('deflatedSharpe', found.deflatedSharpe), true),
      ],
      [
        cell('Probability of overfitting: the best of one half is below the median of the other'),
        cell(shown('winRate', found.overfitting), true),
      ],
      [cell('Probability that it loses there'), cell(shown('winRate', found.overfittingLoss), true)],
    ].map((row) => row.join('')),
  );
}

function walkForward(view: LabStudyView): string {
  if (view.kind !== 'walk-forward') return '';
  const { folds, outOfSample, holdout } = view;
  const rows = folds.map((fold) =>
    [
      cell(`${day(fold.trainFrom)} to ${day(fold.trainTo)}`),
      cell(`${day(fold.testFrom)} to ${day(fold.testTo)}`),
      cell(score(fold.trainScore), true),
      cell(score(fold.testScore), true),
      cell(shown('totalReturn', fold.testReturn), true),
      cell(fold.params === null ? 'none had a score' : paramsText(fold.params)),
    ].join(''),
  );
  return [
    section(
      'Folds',
      table(['Training', 'Test', '#Score in training', '#Score in test', '#Return in test', 'Chosen'], rows),
    ),
    outOfSample === null ? '' : section('Out of sample: the tests one after the other', metricTable(outOfSample)),
    holdout === null
      ? ''
      : section(
          'Holdout',
          `<p>${day(holdout.from)} to ${day(holdout.to)}: ${holdout.state}.</p>${holdout.metrics === null ? '' : metricTable(holdout.metrics)}`,
        ),
  ].join('');
}

const TITLES = { search: 'Search', 'walk-forward': 'Walk-forward', evolution: 'Evolution' } as const;

/** A study as one self-contained page: charts inside, no script, nothing loaded. */
export function studyHtml(view: LabStudyView): string {
  const title = `${TITLES[view.kind]}: ${view.strategy}, ${view.instrument ?? 'an unnamed instrument'} ${view.interval}`;
  return [
    ...headOf(title),
    `<header><h1>${escapeHtml(title)}</h1><p>${view.state}: ${view.done} of ${view.planned} runs, ${view.failed} failed; ${escapeHtml(view.method)} by ${escapeHtml(view.objective)}; ${view.candles} candles from ${escapeHtml(view.source)}</p>`,
    `<ul class="pills"><li class="sim">Back-test: simulated, no money was traded</li><li>study <b>${escapeHtml(view.id)}</b></li><li>data <span class="hash">${escapeHtml(view.dataHash)}</span></li></ul></header>`,
    section('What the choice costs', significance(view)),
    walkForward(view),
    view.kind === 'evolution' ? evolutionSections(view) : '',
    section('Configurations', `${scatter(view)}${trialTable(view)}`),
    '</main></body></html>',
    '',
  ].join('\n');
}
