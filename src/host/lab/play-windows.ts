import { sha256 } from '#adapters/digest/sha256.ts';
import { hashOf } from '#core/kernel/ids.ts';
import { isKnown, measured } from '#core/statistics/figure.ts';
import { calmarRatio, sharpeRatio, sortinoRatio, yearlyGrowth } from '#core/statistics/return-metrics.ts';
import { concatenated } from './concatenated.ts';
import { dailySharpeOf } from './daily-sharpe.ts';
import type { TrialResult } from './protocol.ts';

/**
 * One result of runs over several windows, each with an account of its own: daily returns one after the other, trades together, the
 * deepest drawdown of any. One failed window fails the whole: a configuration that breaks somewhere is none to choose.
 */
export function joinWindows(windows: readonly TrialResult[]): TrialResult {
  const runHash = hashOf(
    sha256,
    'windows',
    windows.map((window) => window.runHash),
  );
  const [first] = windows;
  if (first === undefined) throw new Error('a configuration without a window');
  const failed = windows.find(({ status }) => status === 'failed');
  if (failed !== undefined) return { ...failed, runHash };
  if (windows.length === 1) return first;
  const returns = concatenated(windows.flatMap((window) => (window.returns === null ? [] : [window.returns])));
  const valueOf = (figure: TrialResult['totalReturn']): number => (isKnown(figure) ? figure.value : 0);
  const deepest = Math.max(...windows.map(({ maxDrawdown }) => valueOf(maxDrawdown)));
  const count = windows.reduce((sum, { maxDrawdown }) => sum + (isKnown(maxDrawdown) ? maxDrawdown.n : 0), 0);
  const grown = windows.reduce((mark, { totalReturn }) => mark * (1 + valueOf(totalReturn)), 1);
  return {
    runHash,
    status: 'completed',
    cause: null,
    trades: windows.reduce((sum, { trades }) => sum + trades, 0),
    // Of several accounts there is no one equity.
    finalEquity: null,
    totalReturn: measured(grown - 1, count),
    sharpe: sharpeRatio(returns),
    sortino: sortinoRatio(returns),
    calmar: calmarRatio(yearlyGrowth(returns, grown <= 0), deepest),
    maxDrawdown: measured(deepest, count),
    dailySharpe: dailySharpeOf(returns),
    returns,
  };
}
