import type { BacktestOutcome } from '#core/backtest/types.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import { countBefore } from '#core/market/candle-columns.ts';
import { dailyReturns } from '#core/statistics/daily-returns.ts';
import { deepestDrawdown } from '#core/statistics/drawdown.ts';
import { measured, undefinable } from '#core/statistics/figure.ts';
import { calmarRatio, sharpeRatio, sortinoRatio, yearlyGrowth } from '#core/statistics/return-metrics.ts';
import type { EquityRecord } from '#core/statistics/types.ts';
import { dailySharpeOf } from './daily-sharpe.ts';
import { equityRecordOf } from './judge-run.ts';
import type { TrialResult } from './protocol.ts';

const NONE = undefinable('the run failed');

/** The few figures by which configurations are compared; resampling and benchmarks are for the one that is looked at. */
export function judgeTrial(outcome: BacktestOutcome, measureFrom?: UnixMs): TrialResult {
  if (outcome.status === 'failed')
    return {
      runHash: outcome.runHash,
      status: 'failed',
      cause: outcome.cause,
      trades: 0,
      finalEquity: null,
      totalReturn: NONE,
      sharpe: NONE,
      sortino: NONE,
      calmar: NONE,
      maxDrawdown: NONE,
      dailySharpe: null,
      returns: null,
    };
  const record = since(equityRecordOf(outcome), measureFrom);
  const { returns, ruined } = dailyReturns(record);
  const deepest = deepestDrawdown(record);
  const last = record.equity[record.equity.length - 1] ?? record.startEquity;
  return {
    runHash: outcome.runHash,
    status: 'completed',
    cause: null,
    trades: outcome.trades.count,
    finalEquity: outcome.finalEquity,
    totalReturn: record.startEquity > 0 ? measured(last / record.startEquity - 1, record.equity.length) : NONE,
    sharpe: sharpeRatio(returns),
    sortino: sortinoRatio(returns),
    calmar: calmarRatio(yearlyGrowth(returns, ruined), deepest),
    maxDrawdown: measured(deepest, record.equity.length),
    dailySharpe: dailySharpeOf(returns),
    returns,
  };
}

/** The part of the curve after the warm-up. Its first money is what the account had then: all of it, as nothing was traded before. */
function since(record: EquityRecord, from: UnixMs | undefined): EquityRecord {
  if (from === undefined || from <= record.startTime) return record;
  // Marks are made at the close: the first one that counts closes after `from`.
  const first = countBefore(record.times, from + 1);
  return {
    ...record,
    startTime: from,
    startEquity: record.equity[first - 1] ?? record.startEquity,
    times: record.times.subarray(first),
    equity: record.equity.subarray(first),
  };
}
