import { type ArbitrageView, arbitrageSieve } from '#shared/contract/arbitrage.ts';
import { field } from './study-csv.ts';

const FIGURES = Object.keys(arbitrageSieve.shape) as readonly (keyof typeof arbitrageSieve.shape)[];

/** One row for each pair and day, and one for the whole of each pair. Sizes in parts per million. */
export function arbitrageCsv({ pairs }: ArbitrageView): string {
  const head = ['pair', 'kind', 'home', 'day', ...FIGURES];
  const rows = pairs.flatMap(({ pair, kind, home, days, total }) =>
    [...days, { day: 'all', ...total }].map((row) => [pair, kind, home, row.day, ...FIGURES.map((name) => row[name])]),
  );
  return `${[head, ...rows].map((row) => row.map(field).join(',')).join('\n')}\n`;
}
