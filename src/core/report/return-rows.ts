import type { BacktestMetrics } from '../statistics/summarise.ts';
import type { FigureRow } from './figure-rows.ts';
import { duration, percent, ratio } from './figure-text.ts';

/** Growth and what was risked for it, each figure with the sentence that explains it. */
export const returnRows = ({ equity, risk, drawdown }: BacktestMetrics): readonly FigureRow[] => [
  {
    name: 'Total return',
    says: 'From the starting money to the last mark.',
    figure: equity.totalReturn,
    style: percent,
    of: 'candles',
  },
  {
    name: 'Yearly growth (CAGR)',
    says: 'The rate that, compounded over 365 days, gives the same.',
    figure: equity.yearlyGrowth,
    style: percent,
    of: 'days',
    reference: 0,
  },
  {
    name: 'Mean daily return',
    says: 'Not compounded.',
    figure: equity.meanDailyReturn,
    style: percent,
    of: 'days',
    reference: 0,
  },
  {
    name: 'Volatility',
    says: 'Deviation of daily returns, times the root of 365.',
    figure: risk.volatility,
    style: percent,
    of: 'days',
  },
  {
    name: 'Sharpe ratio',
    says: 'Yearly; over cash that earns nothing. Days count as independent.',
    figure: risk.sharpe,
    style: ratio,
    of: 'days',
    reference: 0,
  },
  {
    name: 'Sortino ratio',
    says: 'As above, but only falls count as risk.',
    figure: risk.sortino,
    style: ratio,
    of: 'days',
    reference: 0,
  },
  {
    name: 'Calmar ratio',
    says: 'Yearly growth over the deepest drawdown.',
    figure: risk.calmar,
    style: ratio,
    of: 'days',
  },
  {
    name: 'Deepest drawdown',
    says: 'Below the highest mark so far; marked at every close.',
    figure: drawdown.deepest,
    style: percent,
    of: 'candles',
  },
  {
    name: 'Longest drawdown',
    says: 'From a peak until it was reached again, or the end.',
    figure: drawdown.longestMs,
    style: duration,
    of: 'candles',
  },
  {
    name: 'Time below a peak',
    says: 'Share of the whole time.',
    figure: drawdown.timeUnderWater,
    style: percent,
    of: 'candles',
  },
  {
    name: 'Value at risk, 95%',
    says: 'One day in twenty lost at least this share.',
    figure: risk.tail95.valueAtRisk,
    style: percent,
    of: 'days',
  },
  {
    name: 'Expected shortfall, 95%',
    says: 'Mean loss of those days.',
    figure: risk.tail95.expectedShortfall,
    style: percent,
    of: 'days',
  },
  {
    name: 'Value at risk, 99%',
    says: 'One day in a hundred.',
    figure: risk.tail99.valueAtRisk,
    style: percent,
    of: 'days',
  },
  {
    name: 'Expected shortfall, 99%',
    says: 'Mean loss of those days.',
    figure: risk.tail99.expectedShortfall,
    style: percent,
    of: 'days',
  },
];
