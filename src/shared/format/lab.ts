import type { FigureView } from '../contract/lab-views.ts';
import { decimalText, type FigureStyle, floatText } from './figures.ts';
import { durationText } from './time.ts';

type Kind = 'share' | 'ratio' | 'money' | 'count' | 'duration';

type Metric = {
  readonly name: string;
  readonly label: string;
  readonly kind: Kind;
  readonly signed?: true;
  readonly group: Group;
};
type Group = 'Return' | 'Risk' | 'Trades' | 'Activity' | 'Compared with chance';

/** Every figure of a run: how it is called and written, in the order in which it is shown. */
export const LAB_METRICS: readonly Metric[] = [
  { name: 'totalReturn', label: 'Total return', kind: 'share', signed: true, group: 'Return' },
  { name: 'yearlyGrowth', label: 'Yearly growth (CAGR)', kind: 'share', signed: true, group: 'Return' },
  { name: 'buyAndHold', label: 'Buy and hold', kind: 'share', signed: true, group: 'Return' },
  { name: 'volatility', label: 'Volatility, a year', kind: 'share', group: 'Risk' },
  { name: 'sharpe', label: 'Sharpe ratio', kind: 'ratio', group: 'Risk' },
  { name: 'sortino', label: 'Sortino ratio', kind: 'ratio', group: 'Risk' },
  { name: 'calmar', label: 'Calmar ratio', kind: 'ratio', group: 'Risk' },
  { name: 'maxDrawdown', label: 'Deepest drawdown', kind: 'share', group: 'Risk' },
  { name: 'longestDrawdownMs', label: 'Longest drawdown', kind: 'duration', group: 'Risk' },
  { name: 'timeUnderWater', label: 'Time below a peak', kind: 'share', group: 'Risk' },
  { name: 'valueAtRisk95', label: 'Loss of a bad day (VaR 95 %)', kind: 'share', group: 'Risk' },
  { name: 'expectedShortfall95', label: 'Mean of such days', kind: 'share', group: 'Risk' },
  { name: 'winRate', label: 'Trades won', kind: 'share', group: 'Trades' },
  { name: 'profitFactor', label: 'Profit factor', kind: 'ratio', group: 'Trades' },
  { name: 'payoffRatio', label: 'Mean gain over mean loss', kind: 'ratio', group: 'Trades' },
  { name: 'expectancyR', label: 'Mean result in R', kind: 'ratio', signed: true, group: 'Trades' },
  { name: 'expectancyMoney', label: 'Mean result', kind: 'money', signed: true, group: 'Trades' },
  { name: 'longestLosingStreak', label: 'Most losses in a row', kind: 'count', group: 'Trades' },
  { name: 'meanHoldingMs', label: 'Mean holding time', kind: 'duration', group: 'Trades' },
  { name: 'exposure', label: 'Time in the market', kind: 'share', group: 'Activity' },
  { name: 'turnover', label: 'Turnover over mean equity', kind: 'ratio', group: 'Activity' },
  { name: 'yearlyTurnover', label: 'Turnover, a year', kind: 'ratio', group: 'Activity' },
  {
    name: 'randomEntryMedian',
    label: 'Random entries, median',
    kind: 'share',
    signed: true,
    group: 'Compared with chance',
  },
  { name: 'randomEntryBeaten', label: 'Random entries beaten', kind: 'share', group: 'Compared with chance' },
  { name: 'entriesAtRandom', label: 'Chance of such entries (p)', kind: 'ratio', group: 'Compared with chance' },
  { name: 'undeflatedSharpe', label: 'Sharpe above zero, as one trial', kind: 'share', group: 'Compared with chance' },
  { name: 'deflatedSharpe', label: 'Sharpe above zero, deflated', kind: 'share', group: 'Compared with chance' },
  { name: 'minimumTrackRecord', label: 'Days needed for 95 %', kind: 'count', group: 'Compared with chance' },
];

const KINDS: ReadonlyMap<string, Metric> = new Map(LAB_METRICS.map((metric) => [metric.name, metric]));

/** How a figure of this name is called. */
export const metricLabel = (name: string): string => KINDS.get(name)?.label ?? name;

function valueText({ kind, signed }: Pick<Metric, 'kind' | 'signed'>, value: number, style: FigureStyle): string {
  const styled: FigureStyle = signed ? { sign: 'always', ...style } : style;
  switch (kind) {
    case 'share':
      return `${floatText(value * 100, 2, styled)}%`;
    case 'ratio':
      return floatText(value, Math.abs(value) < 0.1 && value !== 0 ? 4 : 2, styled);
    case 'money':
      return floatText(value, 2, styled);
    case 'count':
      return decimalText(String(Math.round(value)), undefined, styled);
    case 'duration':
      return durationText(value);
  }
}

export type FigureText = {
  /** The value, or why there is none. */
  readonly value: string;
  readonly known: boolean;
  /** `-0.4 .. 1.2`; empty when there is no interval. */
  readonly interval: string;
  readonly n: string;
  /** Which way it points; undefined for figures that are neither good nor bad by their sign. */
  readonly sign: -1 | 0 | 1 | undefined;
};

/** A figure as words: never a number where there is too little data. */
export function figureText(name: string, figure: FigureView | undefined, style: FigureStyle = {}): FigureText {
  const lack = (value: string): FigureText => ({ value, known: false, interval: '', n: '', sign: undefined });
  if (figure === undefined) return lack('not measured');
  if ('undefinable' in figure) return lack(`not defined: ${figure.undefinable}`);
  if ('notEnough' in figure) {
    const { have, need, of } = figure.notEnough;
    return lack(`not enough data (${have} of ${need} ${of})`);
  }
  const metric = KINDS.get(name) ?? { kind: 'ratio' as const };
  const { value, n, interval } = figure;
  return {
    value: valueText(metric, value, style),
    known: true,
    interval:
      interval === undefined
        ? ''
        : `${valueText(metric, interval.low, style)} .. ${valueText(metric, interval.high, style)}`,
    n: decimalText(String(n), undefined, style),
    sign: 'signed' in metric && metric.signed ? (Math.sign(value) as -1 | 0 | 1) : undefined,
  };
}

/** `fast 20, slow 50` */
export const paramsText = (params: Readonly<Record<string, number>>): string =>
  Object.entries(params)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** `3 of 200, 2m 05s left` is put together from this. */
export const progressShare = (done: number, planned: number): number =>
  planned === 0 ? 0 : Math.min(1, done / planned);
