import { unixMs } from '../../domain/ids.ts';
import { INTERVAL_MS, type Interval } from '../../domain/interval.ts';
import { createRunJournal } from '../journal-columns.ts';
import type { BacktestResult, FillColumns, TradeColumns } from '../types.ts';
import type { MarketResult, PortfolioResult } from './types.ts';

/** A run of one or several markets in the form in which single runs are judged, kept and shown. */
export type WholeResult = BacktestResult & {
  /** More than one: then trades and fills above are those of all of them, and what is held is told here alone. */
  readonly markets: readonly MarketResult[];
};

type Row = { readonly market: MarketResult; readonly at: number };

/** Rows of several tables in one order. Equal keys keep the order of the markets. */
const rowsOf = (
  markets: readonly MarketResult[],
  count: (of: MarketResult) => number,
  key: (row: Row) => number,
): readonly Row[] =>
  markets
    .flatMap((market) => Array.from({ length: count(market) }, (_, at): Row => ({ market, at })))
    .sort((a, b) => key(a) - key(b));

function allTrades(markets: readonly MarketResult[]): TradeColumns {
  const rows = rowsOf(
    markets,
    ({ trades }) => trades.count,
    ({ market, at }) => market.trades.exitTime[at] as number,
  );
  type Floats = 'entryTime' | 'exitTime' | 'entryPrice' | 'exitPrice' | 'quantity' | 'pnl' | 'fees' | 'risk';
  const floats = (name: Floats) => Float64Array.from(rows, ({ market, at }) => market.trades[name][at] as number);
  const whole = (name: 'entryCandle' | 'exitCandle') =>
    Int32Array.from(rows, ({ market, at }) => market.trades[name][at] as number);
  const lends = markets.some(({ trades }) => trades.direction !== undefined);
  return {
    count: rows.length,
    entryTime: floats('entryTime'),
    exitTime: floats('exitTime'),
    entryCandle: whole('entryCandle'),
    exitCandle: whole('exitCandle'),
    entryPrice: floats('entryPrice'),
    exitPrice: floats('exitPrice'),
    quantity: floats('quantity'),
    pnl: floats('pnl'),
    fees: floats('fees'),
    risk: floats('risk'),
    ...(lends
      ? {
          direction: Int8Array.from(rows, ({ market, at }) => market.trades.direction?.[at] ?? 1),
          carry: Float64Array.from(rows, ({ market, at }) => market.trades.carry?.[at] ?? 0),
        }
      : {}),
    ...(markets.every(({ trades }) => trades.levels !== undefined)
      ? { levels: rows.flatMap(({ market, at }) => market.trades.levels?.[at] ?? []) }
      : {}),
    market: rows.map(({ market }) => markets.indexOf(market)),
  };
}

/** Steps differ from market to market, so that the fills of several are only counted here; each market has its own. */
const noFills = (count: number): FillColumns => ({
  count,
  time: new Float64Array(0),
  candle: new Int32Array(0),
  order: new Int32Array(0),
  side: new Int8Array(0),
  taker: new Uint8Array(0),
  priceTicks: new Float64Array(0),
  lots: new Float64Array(0),
  fee: [],
});

const shortest = (markets: readonly MarketResult[]): Interval =>
  markets.map(({ interval }) => interval).reduce((a, b) => (INTERVAL_MS[b] < INTERVAL_MS[a] ? b : a));

export function asBacktest(result: PortfolioResult): WholeResult {
  const { markets, ...whole } = result;
  const [first] = markets;
  if (first === undefined) throw new Error('a result without a market');
  const sum = (of: (market: MarketResult) => number): number =>
    markets.reduce((total, market) => total + of(market), 0);
  const one = markets.length === 1;
  return {
    ...whole,
    ...(first.assumed === undefined ? {} : { assumed: first.assumed }),
    tickSize: first.tickSize,
    lotSize: first.lotSize,
    instrumentId: first.instrumentId,
    interval: shortest(markets),
    from: unixMs(Math.min(...markets.map(({ from }) => from))),
    to: unixMs(Math.max(...markets.map(({ to }) => to))),
    candles: sum(({ candles }) => candles),
    warmUp: first.warmUp,
    gaps: { count: sum(({ gaps }) => gaps.count), missing: sum(({ gaps }) => gaps.missing) },
    openPosition: one ? first.openPosition : '0',
    trades: one ? first.trades : allTrades(markets),
    fills: one ? first.fills : noFills(sum(({ fills }) => fills.count)),
    journal: createRunJournal().done(),
    markets,
  };
}
