import type { FigureView } from '#shared/contract/lab-views.ts';
import type { ScorecardView, ScoreRowView } from '#shared/contract/scorecard.ts';
import { figureText } from '#shared/format/lab.ts';
import { countText } from '#shared/format/names.ts';
import { moment } from './figures.ts';
import { BLANK, type Line, line, type Span, span } from './line.ts';
import { heading, pairs, table } from './table.ts';

const ASCII = { ascii: true } as const;
const TITLES = { direction: 'Which way the price goes', regime: 'What kind of market it is' } as const;

/** The row has its n in a column of its own; said in every cell, `(3 of 30 resolved calls)` made the table 230 cells wide. */
const lacking = (view: FigureView, value: string): Span =>
  span('notEnough' in view ? 'not enough data' : value, 'muted');

/** Value, then its interval: `0.642  0.630 .. 0.654`. */
function figure(view: FigureView): Span {
  const { value, known, interval } = figureText('score', view, ASCII);
  return known ? span(interval === '' ? value : `${value}  ${interval}`) : lacking(view, value);
}

/** Below zero is better than the other; coloured when the interval is clear of zero. */
function against(view: FigureView | undefined): Span {
  if (view === undefined) return span('', 'muted');
  const { value, known } = figureText('score', view, ASCII);
  if (!known) return lacking(view, value);
  const interval = 'value' in view ? view.interval : undefined;
  if (interval === undefined) return span(value, 'muted');
  return span(value, interval.high < 0 ? 'up' : interval.low > 0 ? 'down' : 'plain');
}

const versus = (row: ScoreRowView, other: string): Span =>
  against(row.versus.find((one) => one.other === other)?.difference);

/** The card as a page: each question with everybody on it, the reliability of the rules and models, and what each model may do. */
export function scorecardLines({
  resolved,
  waiting,
  from,
  to,
  horizonCandles,
  rows,
  authorities,
}: ScorecardView): readonly Line[] {
  const questions = (['direction', 'regime'] as const).map((question) => ({
    question,
    own: rows.filter((row) => row.question === question),
  }));
  return [
    [span('Scorecard', 'strong')],
    ...pairs([
      ['Came due', line(countText(resolved, 'moment'), span(waiting === 0 ? '' : `, ${waiting} waiting`, 'muted'))],
      ...(from === null || to === null ? [] : [['Between', line(`${moment(from)} and ${moment(to)}`)] as const]),
      ['Horizon', line(countText(horizonCandles, 'candle'))],
    ]),
    ...questions.flatMap(({ question, own }) =>
      own.length === 0
        ? []
        : [
            ...heading(TITLES[question], span('Brier score, lower is better, with its 95 % interval', 'muted')),
            ...table<ScoreRowView>(
              [
                { title: 'WHO', cell: ({ who, kind }) => span(who, kind === 'baseline' ? 'muted' : 'strong') },
                { title: 'BRIER', cell: ({ brier }) => figure(brier) },
                { title: 'LOG LOSS', cell: ({ logLoss }) => figure(logLoss) },
                { title: 'RIGHT', cell: ({ right }) => figure(right) },
                { title: 'N', cell: ({ n }) => String(n), align: 'right' },
              ],
              own,
            ),
            ...heading(
              'Less the Brier score of',
              span('below zero is better; coloured when its interval is clear of zero', 'muted'),
            ),
            ...table<ScoreRowView>(
              [
                { title: 'WHO', cell: ({ who }) => who },
                { title: 'PERSISTENCE', cell: (row) => versus(row, 'persistence'), align: 'right' },
                { title: 'CLASS PRIOR', cell: (row) => versus(row, 'class prior'), align: 'right' },
                { title: 'RANDOM', cell: (row) => versus(row, 'random'), align: 'right' },
                { title: 'BUY AND HOLD', cell: (row) => versus(row, 'buy and hold'), align: 'right' },
                { title: 'RULES', cell: (row) => versus(row, 'rules'), align: 'right' },
              ],
              own.filter(({ kind }) => kind !== 'baseline'),
            ),
            ...calibrationLines(own),
          ],
    ),
    ...(authorities.length === 0 ? [] : heading('What each model may do')),
    ...pairs(authorities.map(({ model, why }) => [model, line(why)] as const)),
    ...(resolved === 0
      ? [line(span('No call has come due yet: press a few times, or mt scorecard measure --data FILE.', 'muted'))]
      : []),
    BLANK,
  ];
}

const share = (value: number): string => value.toFixed(2);

const calibrationLines = (rows: readonly ScoreRowView[]): readonly Line[] =>
  rows.flatMap(({ who, kind, calibration }) =>
    kind === 'baseline' || calibration.length === 0
      ? []
      : [
          ...heading(`How sure ${who} said to be, and how often right`),
          ...table(
            [
              { title: 'SAID', cell: ({ meanProbability }) => share(meanProbability), align: 'right' },
              { title: 'RIGHT', cell: ({ right }) => share(right), align: 'right' },
              {
                title: '95 % INTERVAL',
                cell: ({ low, high }) => span(`${share(low)} .. ${share(high)}`, 'muted'),
                align: 'right',
              },
              { title: 'N', cell: ({ n }) => String(n), align: 'right' },
            ],
            calibration,
          ),
        ],
  );
