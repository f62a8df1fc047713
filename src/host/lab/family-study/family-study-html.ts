import { escapeHtml } from '#core/report/escape.ts';
import { day, figureText, percent } from '#core/report/figure-text.ts';
import type { FamilyStudyView } from '#shared/contract/family-study.ts';
import { familyName } from '#shared/format/names.ts';
import { cell, headOf, section, table } from '../html-pieces.ts';
import { conditionsOf, SUMMARY_TITLES, summaryCells, windowTitle } from './family-study-text.ts';

/** One page with every table; it loads nothing. */
export function familyStudyHtml(view: FamilyStudyView): string {
  const played = view.families.filter(({ left }) => left === null);
  const windows = played[0]?.windows ?? [];
  const names = played.map(({ family }) => `#${familyName(family)}`);
  const left = view.families.flatMap((row) =>
    row.left === null ? [] : [`${familyName(row.family)} was not played: ${row.left}.`],
  );
  return [
    ...headOf('Strategy families over the regimes of the past'),
    '<h1>Strategy families over the regimes of the past</h1>',
    `<p>${escapeHtml(conditionsOf(view))}</p>`,
    `<ul>${[...view.notes, ...left].map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>`,
    section(
      'Summary',
      table(
        SUMMARY_TITLES.map((title, place) => (place === 0 ? title : `#${title}`)),
        view.families.map((row) =>
          summaryCells(row)
            .map((text, place) => cell(text, place > 0))
            .join(''),
        ),
      ),
    ),
    section(
      'Windows with the usual parameters: return (trades)',
      table(
        ['Window', '#Held', ...names],
        windows.map((window, place) =>
          [
            cell(windowTitle(window)),
            cell(percent(window.held), true),
            ...played.map((row) => {
              const usual = row.windows[place]?.results[0];
              return cell(
                usual === undefined ? '' : `${figureText(usual.totalReturn, percent)} (${usual.trades})`,
                true,
              );
            }),
          ].join(''),
        ),
      ),
    ),
    section(
      'Walk-forward: each test',
      table(
        ['Test', ...names],
        (played[0]?.folds ?? []).map(({ from, to }, place) =>
          [
            cell(`${day(from)} to ${day(to)}`),
            ...played.map(({ folds }) =>
              cell(folds[place] === undefined ? '' : figureText(folds[place].totalReturn, percent), true),
            ),
          ].join(''),
        ),
      ),
    ),
    '</main></body></html>',
  ].join('\n');
}
