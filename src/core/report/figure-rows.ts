import { type Figure, isKnown } from '../statistics/figure.ts';
import { intervalBar } from './bar-charts.ts';
import { escapeHtml } from './escape.ts';
import { count, figureText, intervalText, type NumberStyle } from './figure-text.ts';

export type FigureRow = {
  readonly name: string;
  /** One short sentence: what the figure says. */
  readonly says: string;
  readonly figure: Figure;
  readonly style: NumberStyle;
  /** What `n` counts. */
  readonly of: string;
  /** Value that would mean "no effect", for the little bar. */
  readonly reference?: number;
  /** What stands in place of an interval that the figure doesn't have. */
  readonly without?: string;
};

/** Rows of figures, each with its interval and its n, or with the reason why there is none. */
export function figureTable(rows: readonly FigureRow[]): string {
  return [
    '<div class="wide"><table>',
    '<thead><tr><th scope="col">Figure</th><th scope="col" class="num">Value</th><th scope="col" class="num">95% interval</th>' +
      '<th scope="col"><span class="quiet">against no effect</span></th><th scope="col">Rests on</th></tr></thead>',
    `<tbody>${rows.map(rowOf).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

function rowOf({ name, says, figure, style, of, reference, without = 'a fact of this run' }: FigureRow): string {
  const head = `<th scope="row">${escapeHtml(name)}<small>${escapeHtml(says)}</small></th>`;
  if (!isKnown(figure))
    return `<tr>${head}<td class="lack" colspan="4">${escapeHtml(figureText(figure, style))}</td></tr>`;
  const interval = intervalText(figure, style);
  const method = 'interval' in figure ? `<br><span class="quiet">${escapeHtml(figure.interval.method)}</span>` : '';
  return (
    `<tr>${head}<td class="num">${escapeHtml(style(figure.value))}</td>` +
    `<td class="num">${interval === undefined ? `<span class="quiet">${escapeHtml(without)}</span>` : escapeHtml(interval)}</td>` +
    `<td>${reference === undefined ? '' : intervalBar(figure, reference)}</td>` +
    `<td>n = ${count(figure.n)} ${escapeHtml(of)}${method}</td></tr>`
  );
}

/** A large figure with its interval and its n. */
export function card(name: string, figure: Figure, style: NumberStyle, of: string, signed = false): string {
  if (!isKnown(figure))
    return `<div class="card"><h3>${escapeHtml(name)}</h3><p class="lack">${escapeHtml(figureText(figure, style))}</p></div>`;
  const interval = intervalText(figure, style);
  const look = !signed || figure.value === 0 ? '' : figure.value > 0 ? ' gain' : ' loss';
  return (
    `<div class="card"><h3>${escapeHtml(name)}</h3><div class="value${look}">${escapeHtml(style(figure.value))}</div>` +
    `<small>${interval === undefined ? '' : `95%: ${escapeHtml(interval)}<br>`}n = ${count(figure.n)} ${escapeHtml(of)}</small></div>`
  );
}
