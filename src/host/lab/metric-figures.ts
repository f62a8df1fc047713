import { type Figure, measured } from '#core/statistics/figure.ts';
import type { BacktestMetrics } from '#core/statistics/summarise.ts';
import type { FigureView } from '#shared/contract/lab-views.ts';

/** A figure as it travels. */
export const figureOf = (figure: Figure): FigureView => {
  if (!('value' in figure)) return figure;
  const { value, n } = figure;
  return 'interval' in figure ? { value, n, interval: figure.interval } : { value, n };
};

/** The figures of a run by name, in the order in which they are shown. */
export function metricFigures(metrics: BacktestMetrics): Readonly<Record<string, FigureView>> {
  const { equity, risk, drawdown, trades, activity, benchmarks, significance } = metrics;
  const random = benchmarks.randomEntry;
  const figures: Readonly<Record<string, Figure>> = {
    totalReturn: equity.totalReturn,
    yearlyGrowth: equity.yearlyGrowth,
    volatility: risk.volatility,
    sharpe: risk.sharpe,
    sortino: risk.sortino,
    calmar: risk.calmar,
    maxDrawdown: drawdown.deepest,
    longestDrawdownMs: drawdown.longestMs,
    timeUnderWater: drawdown.timeUnderWater,
    valueAtRisk95: risk.tail95.valueAtRisk,
    expectedShortfall95: risk.tail95.expectedShortfall,
    trades: measured(trades.count, trades.count),
    winRate: trades.winRate,
    profitFactor: trades.profitFactor,
    payoffRatio: trades.payoffRatio,
    expectancyR: trades.expectancyR,
    expectancyMoney: trades.expectancyMoney,
    longestLosingStreak: trades.longestLosingStreak,
    meanHoldingMs: trades.meanHoldingMs,
    exposure: activity.exposure,
    turnover: activity.turnover,
    yearlyTurnover: activity.yearlyTurnover,
    buyAndHold: benchmarks.buyAndHold,
    ...(random === undefined ? {} : { randomEntryMedian: random.median, randomEntryBeaten: random.beaten }),
    entriesAtRandom: significance.entries,
    sharpeBootstrap: significance.sharpe,
    undeflatedSharpe: significance.undeflated,
    deflatedSharpe: significance.deflated.probability,
    minimumTrackRecord: significance.minimumTrackRecord,
  };
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figureOf(figure)]));
}
