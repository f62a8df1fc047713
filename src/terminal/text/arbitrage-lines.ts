import type { ArbitrageView } from '#shared/contract/arbitrage.ts';
import { shortMoney } from '#shared/format/arbitrage.ts';
import { exact } from './figures.ts';
import { type Line, line, span } from './line.ts';
import { heading, table } from './table.ts';

const percent = (ppm: number): string => `${(ppm / 10_000).toFixed(2)}%`;

/** Pairs of markets with what passed each sieve, behind the conditions and what is to be kept in mind. */
export const arbitrageLines = ({ pairs, conditions, notes, files }: ArbitrageView): readonly Line[] => [
  ...notes.map((note) => line(span(`! ${note}`, 'warn'))),
  ...conditions.map((condition) => line(span(condition, 'muted'))),
  ...heading('Minutes or candles that pass each sieve'),
  ...table(
    [
      { title: 'pair', cell: ({ pair }) => pair },
      ...(['moments', 'gross', 'quoted', 'net', 'survived', 'certain'] as const).map((name) => ({
        title: name,
        align: 'right' as const,
        cell: ({ total }: ArbitrageView['pairs'][number]) => String(total[name]),
      })),
      { title: 'largest', align: 'right', cell: ({ total }) => percent(total.grossMostPpm) },
      { title: 'after fees', align: 'right', cell: ({ total }) => percent(total.netMostPpm) },
    ],
    pairs,
  ),
  ...heading('What simulated trades came to'),
  ...table(
    [
      { title: 'pair', cell: ({ pair }) => pair },
      ...(['trades', 'legFailures', 'forced', 'losing', 'open', 'detectOnly'] as const).map((name) => ({
        title: name,
        align: 'right' as const,
        cell: ({ total }: ArbitrageView['pairs'][number]) => String(total[name]),
      })),
      { title: 'transfers', align: 'right', cell: ({ transfers }) => String(transfers) },
      { title: 'networks keep', align: 'right', cell: ({ networkFees }) => exact(shortMoney(networkFees)) },
      { title: 'result', align: 'right', cell: ({ total }) => exact(shortMoney(total.profit)) },
      { title: 'in', cell: ({ home }) => home },
    ],
    pairs,
  ),
  ...files.map(({ path, bytes }) => line(span('✓ ', 'up'), path, span(`  ${bytes} bytes`, 'muted'))),
];
