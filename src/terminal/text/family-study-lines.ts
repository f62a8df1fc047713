import type { FamilyStudyView } from '#shared/contract/family-study.ts';
import type { FigureView } from '#shared/contract/lab-views.ts';
import { familyName } from '#shared/format/names.ts';
import { type Line, line, span } from './line.ts';
import { table } from './table.ts';

type Row = FamilyStudyView['families'][number];

const figure = (given: FigureView, text: (value: number) => string): string =>
  'value' in given ? text(given.value) : '-';
/** A probability says nothing without how many days it was computed from. */
const withN = (given: FigureView): string =>
  'value' in given ? `${share(given.value)} (n ${Math.round(given.n)})` : '-';
const percent = (value: number): string => `${(100 * value).toFixed(2)}%`;
const share = (value: number): string => value.toFixed(3);
const gained = ({ windows }: Row): string => {
  const won = windows.filter(
    ({ results: [usual] }) => usual !== undefined && 'value' in usual.totalReturn && usual.totalReturn.value > 0,
  );
  return `${won.length} of ${windows.length}`;
};

/** What each family came to, behind what is to be kept in mind. */
export const familyStudyLines = (view: FamilyStudyView): readonly Line[] => [
  ...view.notes.map((note) => line(span(`! ${note}`, 'warn'))),
  line(
    span(
      `${view.runs} runs of ${view.tried} configurations on ${view.candles} ${view.interval} candles, fee ${view.feeBps} bps`,
      'muted',
    ),
  ),
  ...table<Row>(
    [
      { title: 'FAMILY', cell: ({ family }) => familyName(family) },
      { title: 'WINDOWS GAINED', cell: (row) => (row.left === null ? gained(row) : 'not played'), align: 'right' },
      {
        title: 'BEST SHARPE',
        cell: ({ best }) => (best === null ? '-' : figure(best.sharpe, (value) => value.toFixed(2))),
        align: 'right',
      },
      { title: 'DEFLATED', cell: ({ best }) => (best === null ? '-' : withN(best.deflated)), align: 'right' },
      { title: 'OUT OF SAMPLE', cell: ({ outOfSample }) => figure(outOfSample.totalReturn, percent), align: 'right' },
      { title: 'DEFLATED', cell: ({ outOfSample }) => withN(outOfSample.deflated), align: 'right' },
    ],
    view.families,
  ),
  ...view.families.flatMap(({ family, left }) =>
    left === null ? [] : [line(span(`${familyName(family)} was not played: ${left}`, 'muted'))],
  ),
  ...view.files.map(({ path, bytes }) => line(`written: ${path} (${bytes} bytes)`)),
];
