import type { MonthlyReturn } from '../statistics/monthly-returns.ts';
import { percent } from './figure-text.ts';

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** Returns from which a cell takes the next stronger shade. */
const SHADES = [0.02, 0.06, 0.12] as const;

/** One row a year, one column a month (UTC). Shade and sign both tell the direction; a star marks a month that is only partly covered. */
export function monthTable(months: readonly MonthlyReturn[]): string {
  if (months.length === 0) return '<p class="lack">not enough data (0 of 1 months)</p>';
  const byMonth = new Map(months.map((month) => [month.month, month]));
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))];
  const rows = years.map((year) => {
    const cells = NAMES.map((_, i) => cell(byMonth.get(`${year}-${String(i + 1).padStart(2, '0')}`)));
    const own = months.filter(({ month }) => month.startsWith(year));
    const total = own.reduce((grown, { value }) => grown * (1 + value), 1) - 1;
    return `<tr><th scope="row">${year}</th>${cells.join('')}<td class="total">${percent(total)}${own.every(({ whole }) => whole) && own.length === 12 ? '' : '*'}</td></tr>`;
  });
  const head = NAMES.map((name) => `<th scope="col">${name}</th>`).join('');
  return [
    '<div class="wide"><table class="months">',
    `<thead><tr><th scope="col">Year</th>${head}<th scope="col">All</th></tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody>`,
    '</table></div>',
    '<p class="quiet">* only partly covered by the run</p>',
  ].join('\n');
}

function cell(month: MonthlyReturn | undefined): string {
  if (month === undefined) return '<td class="none"></td>';
  const strength = SHADES.filter((shade) => Math.abs(month.value) >= shade).length;
  const look = month.value === 0 ? 'flat' : `${month.value > 0 ? 'up' : 'down'}${strength}`;
  return `<td class="${look}">${percent(month.value)}${month.whole ? '' : '*'}</td>`;
}
