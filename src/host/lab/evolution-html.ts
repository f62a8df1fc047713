import { unixMs } from '#core/domain/ids.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { escapeHtml } from '#core/report/escape.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';
import { figureText, paramsText } from '#shared/format/lab.ts';
import { cell, section, table } from './html-pieces.ts';
import { metricTable } from './metric-table.ts';

const day = (ms: number): string => utcText(unixMs(ms)).slice(0, 10);
const score = (value: number | null): string => (value === null ? 'no fitness' : value.toFixed(4));

/** What an evolution has beside every other study, as sections of its page. */
export function evolutionSections(view: Extract<LabStudyView, { readonly kind: 'evolution' }>): string {
  const { generations, control, best, proof, verdict, holdout, windows } = view;
  const rows = generations.map(({ generation, tried, best: top, median, bestSoFar }) =>
    [
      cell(String(generation + 1)),
      cell(String(tried), true),
      cell(score(top), true),
      cell(score(median), true),
      cell(score(bestSoFar), true),
    ].join(''),
  );
  const even =
    control === null
      ? []
      : [
          [
            cell('Even draws, for comparison'),
            cell(String(control.tried), true),
            cell(score(control.best), true),
            cell(score(control.median), true),
            cell(score(control.best), true),
          ].join(''),
        ];
  return [
    section(
      'Generations',
      `<p>Fitness after costs in ${windows.length} windows, apart from all later candles.</p>${table(['Generation', '#Tried', '#Best', '#Median', '#Best so far'], [...rows, ...even])}`,
    ),
    best === null
      ? ''
      : section(
          'Best',
          `<p><b>${escapeHtml(best.id)}</b> ${escapeHtml(best.family)}: ${escapeHtml(paramsText(best.params))}; in quarters of the policy: risk ${best.envelope.risk}, stop ${best.envelope.stop}, target ${best.envelope.target}.</p>`,
        ),
    proof === null
      ? ''
      : section(
          'Proof',
          `<p>${day(proof.from)} to ${day(proof.to)}: nothing was chosen by these candles.</p>${metricTable(proof.metrics)}`,
        ),
    verdict === null
      ? ''
      : section(
          `Verdict: ${verdict.standing}`,
          `<ul>${verdict.reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('')}</ul><p class="quiet">Deflated against the spread of all that was tried: ${escapeHtml(figureText('deflatedSharpe', verdict.deflatedBySpread).value)}.</p>`,
        ),
    holdout === null ? '' : section('Holdout', `<p>${day(holdout.from)} to ${day(holdout.to)}: ${holdout.state}.</p>`),
  ].join('');
}
