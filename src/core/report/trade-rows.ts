import { isKnown } from '../statistics/figure.ts';
import type { BacktestMetrics } from '../statistics/summarise.ts';
import type { FigureRow } from './figure-rows.ts';
import { amount, count, duration, multiple, percent, ratio } from './figure-text.ts';

/** What the trades and their costs show. */
export const tradeRows = ({ trades, activity, costs }: BacktestMetrics): readonly FigureRow[] => [
  {
    name: 'Win rate',
    says: 'Share of trades that gained after all costs.',
    figure: trades.winRate,
    style: percent,
    of: 'trades',
    reference: 0.5,
  },
  {
    name: 'Profit factor',
    says: 'Sum of gains over sum of losses.',
    figure: trades.profitFactor,
    style: ratio,
    of: 'trades',
    reference: 1,
  },
  {
    name: 'Payoff ratio',
    says: 'Mean gain over mean loss.',
    figure: trades.payoffRatio,
    style: ratio,
    of: 'trades',
    reference: 1,
  },
  {
    name: 'Mean result',
    says: 'Expectancy of a trade, after costs.',
    figure: trades.expectancyMoney,
    style: amount,
    of: 'trades',
    reference: 0,
  },
  {
    name: 'Mean result in R',
    says: 'In multiples of what the stop put at stake.',
    figure: trades.expectancyR,
    style: multiple,
    of: 'trades',
    reference: 0,
  },
  {
    name: 'Longest losing streak',
    says: 'Losses in a row.',
    figure: trades.longestLosingStreak,
    style: count,
    of: 'trades',
  },
  {
    name: 'Mean holding time',
    says: 'From the first fill to the last.',
    figure: trades.meanHoldingMs,
    style: duration,
    of: 'trades',
  },
  {
    name: 'Exposure',
    says: 'Share of the time with a position.',
    figure: activity.exposure,
    style: percent,
    of: 'candles',
  },
  // Of interest only where something was sold short.
  ...(isKnown(activity.shortExposure) && activity.shortExposure.value > 0
    ? [
        {
          name: 'Short exposure',
          says: 'Share of the time with a short position; part of the exposure.',
          figure: activity.shortExposure,
          style: percent,
          of: 'candles',
        },
      ]
    : []),
  {
    name: 'Turnover',
    says: 'Money bought and sold over the mean equity.',
    figure: activity.turnover,
    style: ratio,
    of: 'trades',
  },
  {
    name: 'Turnover a year',
    says: 'The same, over 365 days.',
    figure: activity.yearlyTurnover,
    style: ratio,
    of: 'trades',
  },
  {
    name: 'Costs over gross gain',
    says: 'Above 100% the costs ate more than was earned.',
    figure: costs.shareOfGrossGain,
    style: percent,
    of: 'trades',
  },
  {
    name: 'Costs per money traded',
    says: 'What one unit of turnover cost.',
    figure: costs.perTurnover,
    style: percent,
    of: 'trades',
  },
];
