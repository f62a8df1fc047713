import type { FigureView } from '#shared/contract/figure-view.ts';
import type {
  GroupView,
  PerformanceView,
  PeriodResultView,
  TargetsView,
  TargetView,
} from '#shared/contract/performance.ts';
import { figureText } from '#shared/format/lab.ts';
import { countText, environmentName } from '#shared/format/names.ts';
import { dateText } from '#shared/format/time.ts';
import { moment, percent, signedMoney } from './figures.ts';
import { BLANK, type Line, line, type Span, span } from './line.ts';
import { heading, pairs, table } from './table.ts';

const ASCII = { ascii: true } as const;
const RECENT_DAYS = 14;

/** Value, interval and n, or why there is no value. */
function figure(name: string, view: FigureView): Line {
  const { value, known, interval, n } = figureText(name, view, ASCII);
  if (!known) return line(span(value, 'muted'));
  return line(value, span(`${interval === '' ? '' : `  ${interval}`}  n ${n}`, 'muted'));
}

const cell = (name: string, view: FigureView): Span => {
  const { value, known } = figureText(name, view, ASCII);
  return known ? span(value) : span('notEnough' in view ? 'not enough data' : 'not defined', 'muted');
};

const groupTable = (title: string, groups: readonly GroupView[], asset: string): readonly Line[] =>
  groups.length === 0
    ? []
    : [
        ...heading(`By ${title}`, span('open results included; they add up to the result', 'muted')),
        ...table<GroupView>(
          [
            { title: title.toUpperCase(), cell: ({ key }) => key },
            { title: 'RESULT', cell: ({ result }) => signedMoney(result, asset), align: 'right' },
            { title: 'TRADES', cell: ({ trades }) => String(trades), align: 'right' },
            { title: 'WON', cell: ({ winRate }) => cell('winRate', winRate), align: 'right' },
            { title: 'MEAN R', cell: ({ expectancyR }) => cell('expectancyR', expectancyR), align: 'right' },
          ],
          groups,
        ),
      ];

const periodTable = (title: string, rows: readonly PeriodResultView[], asset: string): readonly Line[] =>
  rows.length === 0
    ? []
    : [
        ...heading(title),
        ...table<PeriodResultView>(
          [
            { title: 'FROM', cell: ({ start }) => dateText(start, 'UTC') },
            { title: 'RESULT', cell: ({ result }) => signedMoney(result, asset), align: 'right' },
            { title: 'TRADES', cell: ({ trades, won }) => `${trades} (${won} won)`, align: 'right' },
          ],
          rows.slice(-RECENT_DAYS),
        ),
      ];

/** What an account earned and lost, as a page. */
export function performanceLines(view: PerformanceView, by: keyof PerformanceView['by']): readonly Line[] {
  const { account, quoteAsset: asset, pnl, figures, result, fees, since, until, shadow, hold } = view;
  return [
    line(span('Performance', 'strong'), `  ${account.name}  `, span(environmentName(account.environment), 'sim')),
    ...pairs([
      [
        'total',
        line(signedMoney(pnl.total, asset), span(`  since ${moment(pnl.since)}: equity - net deposits`, 'muted')),
      ],
      ['realised', line(signedMoney(pnl.realised, asset), span('  of what was sold, before fees', 'muted'))],
      ['unrealised', line(signedMoney(pnl.unrealised, asset), span('  of what is held, at the newest marks', 'muted'))],
      ['fees', line(`${pnl.fees} ${asset}`, span('  taken off in the total', 'muted'))],
      [
        'in the period',
        line(signedMoney(result, asset), span(`  ${moment(since)} to ${moment(until)}, fees ${fees}`, 'muted')),
      ],
      ['trades', line(countText(figures.trades, 'closed trade'), span(`, ${figures.won} won`, 'muted'))],
      ['won', figure('winRate', figures.winRate)],
      ['mean R', figure('expectancyR', figures.expectancyR)],
      ['profit factor', figure('profitFactor', figures.profitFactor)],
      ['deepest drawdown', figure('maxDrawdown', figures.maxDrawdown)],
      ['a year', figure('yearlyGrowth', figures.yearlyReturn)],
      ['Sharpe', figure('sharpe', figures.sharpe)],
      ...(shadow === null
        ? []
        : [
            [
              'slippage',
              line(
                shadow.averageSlippageBps === null
                  ? span('no order was compared with the book yet', 'muted')
                  : `${shadow.averageSlippageBps} basis points on average, n ${shadow.compared}`,
              ),
            ] as const,
          ]),
      ...hold.map(({ instrument, return: held }) => [`hold ${instrument}`, line(percent(held.toFixed(6)))] as const),
    ]),
    ...groupTable(by, view.by[by], asset),
    ...periodTable('By month', view.months, asset),
    ...periodTable(`By day, the newest ${RECENT_DAYS}`, view.days, asset),
    BLANK,
    line(span(view.basis, 'muted')),
  ];
}

const NAMES: Readonly<Record<TargetView['id'], string>> = {
  wins: 'trades won',
  accuracy: 'right calls',
  'yearly-return': 'return, a year',
  drawdown: 'deepest drawdown',
  uptime: 'uptime',
};
const TONES = { met: 'up', 'not met': 'warn', 'not enough data': 'muted' } as const;

const goalText = ({ goal }: TargetView): string =>
  'least' in goal ? `>= ${percent(String(goal.least))}` : `<= ${percent(String(goal.most))}`;

function measuredText({ measured }: TargetView): Span {
  if ('undefinable' in measured) return span(measured.undefinable, 'muted');
  const { value, known, interval, n } = figureText('winRate', measured, ASCII);
  return known ? span(`${value}${interval === '' ? '' : ` (${interval})`}, n ${n}`) : span(value, 'muted');
}

/** The goals beside what was measured. */
export function targetLines({ account, basis, targets }: TargetsView): readonly Line[] {
  return [
    line(span('Targets', 'strong'), `  ${account.name}  `, span(environmentName(account.environment), 'sim')),
    ...table<TargetView>(
      [
        { title: 'GOAL', cell: ({ id }) => NAMES[id] },
        { title: 'OF', cell: ({ subject }) => subject },
        { title: 'TARGET', cell: goalText, align: 'right' },
        { title: 'STATE', cell: ({ state }) => span(state, TONES[state]) },
        { title: 'MEASURED', cell: measuredText },
      ],
      targets,
    ),
    line(span(basis, 'muted')),
  ];
}
