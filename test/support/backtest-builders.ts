import { createHash } from 'node:crypto';
import type { BacktestPorts } from '#core/backtest/run-backtest.ts';
import { runBacktest } from '#core/backtest/run-backtest.ts';
import type { BacktestOptions, BacktestResult } from '#core/backtest/types.ts';
import type { Hash, InstrumentId } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
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
