import { day, figureText, percent, probability, ratio } from '#core/report/figure-text.ts';
import type { FamilyStudyView } from '#shared/contract/family-study.ts';
import type { FigureView } from '#shared/contract/lab-views.ts';
import { familyName } from '#shared/format/names.ts';

export type FamilyStudyRow = FamilyStudyView['families'][number];

/** Columns of the table of windows. */
export const windowTitle = ({ kind, from, to }: FamilyStudyRow['windows'][number]): string =>
  `${kind} ${day(from)} to ${day(to)}`;
const valueOf = (figure: FigureView): number | undefined => ('value' in figure ? figure.value : undefined);

/** Results of the usual parameters in one cell: return, trades. */
const usualCell = ({ results: [usual] }: FamilyStudyRow['windows'][number]): string =>
  usual === undefined ? '' : `${figureText(usual.totalReturn, percent)} (${usual.trades})`;

/** How many windows ended above their start with the usual parameters, and how many above buying and holding. */
export function windowsWon({ windows }: FamilyStudyRow): { readonly gained: number; readonly beat: number } {
  const made = windows.map(({ results, held }) => ({
    made: results[0] === undefined ? undefined : valueOf(results[0].totalReturn),
    held,
  }));
  return {
    gained: made.filter((one) => (one.made ?? 0) > 0).length,
    beat: made.filter((one) => one.made !== undefined && one.made > one.held).length,
  };
}

export const conditionsOf = (view: FamilyStudyView): string =>
  `${view.candles} closed ${view.interval} candles from ${day(view.from)} to ${day(view.to)}, fee ${view.feeBps} bps a fill, half a spread and impact on top, ` +
  `${view.cash} of cash in each run. ${view.runs} runs of ${view.tried} configurations.`;

export const SUMMARY_TITLES = [
  'family',
  'trades',
  'windows gained',
  'windows above holding',
  'best Sharpe ratio',
  'above zero by itself',
  'deflated',
  'out of sample',
  'days',
  'Sharpe ratio',
  'deflated',
] as const;

export function summaryCells(row: FamilyStudyRow): readonly string[] {
  if (row.left !== null) return [familyName(row.family), 'not played', ...Array(SUMMARY_TITLES.length - 2).fill('')];
  const { gained, beat } = windowsWon(row);
  const { best, outOfSample } = row;
  const days = outOfSample.totalReturn;
  return [
    familyName(row.family),
    String(row.configurations.reduce((sum, { trades }) => sum + trades, 0)),
    `${gained} of ${row.windows.length}`,
    `${beat} of ${row.windows.length}`,
    best === null ? 'none' : figureText(best.sharpe, ratio),
    best === null ? '' : figureText(best.undeflated, probability),
    best === null ? '' : figureText(best.deflated, probability),
    figureText(outOfSample.totalReturn, percent),
    'value' in days ? String(days.n) : '0',
    figureText(outOfSample.sharpe, ratio),
    figureText(outOfSample.deflated, probability),
  ];
}

const markdownRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** Every table as it is. */
export function familyStudyMarkdown(view: FamilyStudyView): string {
  const played = view.families.filter(({ left }) => left === null);
  const windows = played[0]?.windows ?? [];
  return [
    conditionsOf(view),
    '',
    ...view.notes.map((note) => `- ${note}`),
    ...view.families.flatMap(({ family, left }) =>
      left === null ? [] : [`- ${familyName(family)} was not played: ${left}.`],
    ),
    '',
    '## Summary',
    '',
    markdownRow(SUMMARY_TITLES),
    markdownRow(SUMMARY_TITLES.map(() => '---')),
    ...view.families.map((row) => markdownRow(summaryCells(row))),
    '',
    '## Windows, usual parameters: return (trades)',
    '',
    markdownRow(['window', 'held', ...played.map(({ family }) => familyName(family))]),
    markdownRow(['---', '---', ...played.map(() => '---')]),
    ...windows.map((window, place) =>
      markdownRow([
        windowTitle(window),
        percent(window.held),
        ...played.map((row) => (row.windows[place] === undefined ? '' : usualCell(row.windows[place]))),
      ]),
    ),
    '',
    '## Walk-forward: return of each test (configuration chosen)',
    '',
    markdownRow(['test', ...played.map(({ family }) => familyName(family))]),
    markdownRow(['---', ...played.map(() => '---')]),
    ...(played[0]?.folds ?? []).map(({ from, to }, place) =>
      markdownRow([
        `${day(from)} to ${day(to)}`,
        ...played.map(({ folds }) => {
          const fold = folds[place];
          if (fold === undefined || fold.chosen === null) return 'none chosen';
          return `${figureText(fold.totalReturn, percent)} (${fold.chosen + 1})`;
        }),
      ]),
    ),
    '',
    '## Configurations',
    '',
    ...played.flatMap(({ family, configurations }) =>
      configurations.map(
        ({ params, trades, dailySharpe }, place) =>
          `- ${familyName(family)} ${place + 1}: ${trades} trades, Sharpe ratio of a day ${dailySharpe === null ? 'unknown' : ratio(dailySharpe)}; ${Object.entries(
            params,
          )
            .map(([name, value]) => `${name} ${value}`)
            .join(', ')}`,
      ),
    ),
    '',
  ].join('\n');
}

/** One line for each configuration and window. */
export function familyStudyCsv({ families }: FamilyStudyView): string {
  const rows = families.flatMap(({ family, windows }) =>
    windows.flatMap(({ kind, from, to, candles, held, results }) =>
      results.map(({ trades, totalReturn, maxDrawdown }, place) =>
        [
          family,
          place + 1,
          kind,
          day(from),
          day(to),
          candles,
          held,
          trades,
          valueOf(totalReturn) ?? '',
          valueOf(maxDrawdown) ?? '',
        ].join(','),
      ),
    ),
  );
  return `${['family,configuration,window,from,to,candles,held,trades,return,drawdown', ...rows].join('\n')}\n`;
}
