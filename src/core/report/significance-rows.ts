import type { BacktestMetrics } from '../statistics/summarise.ts';
import type { FigureRow } from './figure-rows.ts';
import { count, percent, probability, ratio } from './figure-text.ts';

/** What resampling, random entries and the count of tries say about luck. */
export function significanceRows({ significance, benchmarks }: BacktestMetrics): readonly FigureRow[] {
  const { deflated } = significance;
  const random = benchmarks.randomEntry;
  const tried =
    deflated.trials === 1 ? 'One configuration was tried.' : `${count(deflated.trials)} configurations were tried.`;
  const compared: readonly FigureRow[] =
    random === undefined
      ? []
      : [
          {
            name: 'Random entries: median',
            says: 'Same number, length, size and costs at random moments.',
            figure: random.median,
            style: percent,
            without: 'a rank among the runs',
            of: 'random runs',
          },
          {
            name: 'Random entries: lower end',
            says: 'One random run in forty did worse.',
            figure: random.low,
            style: percent,
            without: 'a rank among the runs',
            of: 'random runs',
          },
          {
            name: 'Random entries: upper end',
            says: 'One random run in forty did better.',
            figure: random.high,
            style: percent,
            without: 'a rank among the runs',
            of: 'random runs',
          },
          {
            name: 'This run on the same count',
            says: 'Its own entries, filled at opens like the random ones.',
            figure: random.own,
            style: percent,
            of: 'trades',
          },
          {
            name: 'Random runs that were beaten',
            says: 'One half would be luck.',
            figure: random.beaten,
            style: percent,
            of: 'random runs',
            reference: 0.5,
          },
        ];
  return [
    {
      name: 'Sharpe ratio, resampled',
      says: 'Yearly; blocks of days are drawn anew, so that dependence between days counts.',
      figure: significance.sharpe,
      style: ratio,
      of: 'days',
      reference: 0,
    },
    {
      name: 'Mean daily return, resampled',
      says: 'The same resampling.',
      figure: significance.meanDailyReturn,
      style: percent,
      of: 'days',
      reference: 0,
    },
    {
      name: 'Probability of skill, undeflated',
      says: 'That the true Sharpe ratio is above zero, had this been the only configuration.',
      figure: significance.undeflated,
      style: probability,
      without: 'a probability itself',
      of: 'days',
    },
    {
      name: 'Probability of skill, deflated',
      says: `The same after paying for the choice. ${tried} Significant above 95%.`,
      figure: deflated.probability,
      style: probability,
      without: 'a probability itself',
      of: 'days',
    },
    {
      name: 'Days of record needed',
      says: 'For 95% confidence in a Sharpe ratio above zero, before deflation.',
      figure: significance.minimumTrackRecord,
      style: count,
      without: 'a length, not a value',
      of: 'days',
    },
    {
      name: 'Random arrangements as good',
      says: 'Share of random moments for the same positions that gained as much. The interval is that of the count.',
      figure: significance.entries,
      style: percent,
      of: 'trades',
    },
    {
      name: 'Buy and hold',
      says: 'All the money from the first open to the last close, same costs.',
      figure: benchmarks.buyAndHold,
      style: percent,
      of: 'candles',
    },
    ...compared,
  ];
}
