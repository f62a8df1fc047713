import { createHash } from 'node:crypto';
import type { ColumnFamily, ColumnMarket } from '#core/agent/column-family.ts';
import type { BacktestPorts } from '#core/backtest/run-backtest.ts';
import { runBacktest } from '#core/backtest/run-backtest.ts';
import type { BacktestOptions, BacktestResult } from '#core/backtest/types.ts';
import type { Hash, InstrumentId } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import type { FamilyParameters } from '#core/domain/strategy.ts';
import { emptyColumns } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { BASE_TIME, sha256 } from './candle-builders.ts';

export const MARKET = 'BTC/USDT.SIM' as InstrumentId;

export const ports: BacktestPorts = {
  digest: sha256,
  byteDigest: (bytes) => createHash('sha256').update(bytes).digest('hex') as Hash,
};

/** open, high, low, close, volume; the volume is 1000 when left out. */
export type CandleRow = readonly [open: number, high: number, low: number, close: number, volume?: number];

/** Neighbouring candles from midnight, 2024-01-01 UTC, on. */
export function columnsOfRows(rows: readonly CandleRow[], interval: Interval = '1h', start = BASE_TIME): CandleColumns {
  const columns = emptyColumns(interval, rows.length);
  for (const [i, [open, high, low, close, volume = 1000]] of rows.entries()) {
    columns.openTime[i] = start + i * INTERVAL_MS[interval];
    columns.open[i] = open;
    columns.high[i] = high;
    columns.low[i] = low;
    columns.close[i] = close;
    columns.volume[i] = volume;
  }
  return columns;
}

export const optionsFor = (columns: CandleColumns, options: Partial<BacktestOptions> = {}): BacktestOptions => ({
  series: [{ instrumentId: MARKET, columns }],
  strategy: 'sma-cross',
  feeBps: '10',
  cash: '1000000',
  ...options,
});

/** Plays and expects a result. */
export function played(options: BacktestOptions, given: Partial<BacktestPorts> = {}): BacktestResult {
  const outcome = runBacktest(options, { ...ports, ...given });
  if (outcome.status === 'failed') throw new Error(`the run failed: ${outcome.cause.message}`);
  return outcome;
}

/** A family that does at the close of candle `n` what `script[n]` says. */
export const scripted = (
  script: Readonly<Record<number, (market: ColumnMarket) => void>>,
  options: Partial<ColumnFamily> = {},
): ColumnFamily => ({
  name: 'scripted',
  summary: 'Does what a test says.',
  notWhen: 'Never outside tests.',
  defaults: {},
  profiles: { limits: 'none', costs: 'fee-only' },
  parse: (parameters) => parameters as FamilyParameters,
  warmUp: () => 1,
  create: () => (market) => script[market.series[0].count() - 1]?.(market),
  ...options,
});

/** Plays a script over columns. */
export const playScript = (
  columns: CandleColumns,
  script: Parameters<typeof scripted>[0],
  options: Partial<BacktestOptions> = {},
): BacktestResult =>
  played(optionsFor(columns, { strategy: 'scripted', feeBps: '0', ...options }), { families: () => scripted(script) });

/** `candle side lots at ticks` of each fill. */
export const fillLines = ({ fills }: BacktestResult): readonly string[] =>
  Array.from({ length: fills.count }, (_, i) => {
    const side = fills.side[i] === 1 ? 'buy' : 'sell';
    return `${fills.candle[i]} ${side} ${fills.lots[i]} at ${fills.priceTicks[i]} fee ${fills.fee[i]} ${fills.taker[i] === 1 ? 'taker' : 'maker'}`;
  });
