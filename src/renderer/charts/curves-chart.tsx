import {
  BaselineSeries,
  createChart,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { floatText } from '#shared/format/figures.ts';
import { themeStore } from '../app/theme.ts';
import { zone } from '../app/zone.ts';
import { baseOptions, secondsOf, themeOptions } from './base-options.ts';
import { type ChartTheme, readChartTheme } from './chart-theme.ts';

/** Curves differ by stroke as well as by colour. */
export const CURVE_LOOKS = ['first', 'second', 'third', 'fourth'] as const;
export type CurveLook = (typeof CURVE_LOOKS)[number];

export type DrawnCurve = {
  readonly look: CurveLook;
  readonly time: Float64Array;
  readonly values: Float64Array;
};

type Props = {
  /** Drawn in one pane. */
  readonly curves: readonly DrawnCurve[];
  /** Share below the highest value so far, drawn downwards in a pane of its own. */
  readonly falls?: readonly DrawnCurve[];
  /** `amount` shows two decimals, `share` percent. */
  readonly unit: 'amount' | 'share';
  readonly label: string;
};

const STYLES: Readonly<Record<CurveLook, LineStyle>> = {
  first: LineStyle.Solid,
  second: LineStyle.Dashed,
  third: LineStyle.Dotted,
  fourth: LineStyle.LargeDashed,
};
const colourOf = (look: CurveLook, theme: ChartTheme): string =>
  ({ first: theme.accent, second: theme.muted, third: theme.up, fourth: theme.down })[look];

const percent = (value: number): string => `${floatText(value * 100, 2)}%`;
const amount = (value: number): string => floatText(value, 2);

/** The library wants one point a second at most, in order; the newest of a second stands. */
function pointsOf({ time, values }: DrawnCurve, sign: 1 | -1) {
  const bySecond = new Map<number, number>();
  for (const [i, at] of time.entries()) bySecond.set(secondsOf(at), sign * (values[i] ?? 0));
  return [...bySecond].map(([second, value]) => ({ time: second as UTCTimestamp, value }));
}

/** Curves over time, such as equity beside holding, and the drawdown below them. The words stand beside it. */
export function CurvesChart({ curves, falls, unit, label }: Props) {
  const container = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (container.current === null) return undefined;
    const theme = readChartTheme();
    const chart: IChartApi = createChart(container.current, {
      ...baseOptions(theme, zone),
      handleScroll: false,
      handleScale: false,
    });
    chart.applyOptions({ timeScale: { rightOffset: 0 } });
    const formatter = unit === 'share' ? percent : amount;
    const made: {
      readonly series: ISeriesApi<'Line', Time> | ISeriesApi<'Baseline', Time>;
      readonly paint: (theme: ChartTheme) => void;
    }[] = [];
    for (const curve of curves) {
      const series = chart.addSeries(LineSeries, {
        lineWidth: 2,
        lineStyle: STYLES[curve.look],
        color: colourOf(curve.look, theme),
        lastValueVisible: curve.look === 'first',
        priceLineVisible: false,
        priceFormat: { type: 'custom', formatter, minMove: 0.0001 },
      });
      series.setData(pointsOf(curve, 1));
      made.push({ series, paint: (next) => series.applyOptions({ color: colourOf(curve.look, next) }) });
    }
    const alone = falls?.length === 1;
    for (const fall of falls ?? []) {
      // A single drawdown is red and filled; several are told apart as their curves are.
      const colours = (next: ChartTheme) => ({
        bottomLineColor: alone ? next.down : colourOf(fall.look, next),
        topLineColor: alone ? next.down : colourOf(fall.look, next),
        bottomFillColor1: alone ? `${next.down}14` : `${next.down}00`,
        bottomFillColor2: alone ? `${next.down}4d` : `${next.down}00`,
      });
      const series = chart.addSeries(
        BaselineSeries,
        {
          ...colours(theme),
          baseValue: { type: 'price', price: 0 },
          lineWidth: 1,
          lineStyle: STYLES[fall.look],
          lastValueVisible: false,
          priceLineVisible: false,
          priceFormat: { type: 'custom', formatter: percent, minMove: 0.0001 },
        },
        1,
      );
      series.setData(pointsOf(fall, -1));
      made.push({ series, paint: (next) => series.applyOptions(colours(next)) });
    }
    const [above, below] = chart.panes();
    above?.setStretchFactor(3);
    below?.setStretchFactor(1);
    chart.timeScale().fitContent();
    const offTheme = themeStore.subscribe(() => {
      const next = readChartTheme();
      chart.applyOptions(themeOptions(next));
      for (const { paint } of made) paint(next);
    });
    return () => {
      offTheme();
      chart.remove();
    };
  }, [curves, falls, unit]);

  return <div ref={container} role="img" aria-label={label} className="absolute inset-0" />;
}
