import { type Decimal, formatDecimal } from '../../domain/decimal.ts';
import type { UnixMs } from '../../domain/ids.ts';
import { INTERVAL_MS } from '../../domain/interval.ts';
import type { EquityColumns } from '../types.ts';
import type { KeptMarketBooks } from './market-books.ts';
import type { PreparedPortfolio } from './prepare-portfolio.ts';

export type PlayedMarket = {
  readonly books: KeptMarketBooks;
  readonly candlesHeld: number;
  readonly refused: number;
  readonly warmUp: number;
};

/** What came of playing all markets, before it is made a result. */
export type PlayedPortfolio = {
  readonly equity: EquityColumns;
  readonly exposure: number;
  readonly finalCash: string;
  readonly finalEquity: string;
  readonly markets: readonly PlayedMarket[];
};

/** Collects the account's value at each moment at which a candle closed. */
export function createCurve({ markets }: PreparedPortfolio) {
  const times: number[] = [];
  const values: number[] = [];
  let held = 0;
  // A point is known at its open time plus this; the shortest interval keeps neighbouring points apart.
  const intervalMs = Math.min(...markets.map(({ run }) => INTERVAL_MS[run.series[0].columns.interval]));
  return {
    add(at: UnixMs, equity: Decimal, holds: boolean): void {
      times.push(at - intervalMs);
      values.push(Number(formatDecimal(equity)));
      if (holds) held += 1;
    },
    done: (): Pick<PlayedPortfolio, 'equity' | 'exposure'> => ({
      equity: { openTime: Float64Array.from(times), intervalMs, equity: Float64Array.from(values) },
      exposure: times.length === 0 ? 0 : held / times.length,
    }),
  };
}
