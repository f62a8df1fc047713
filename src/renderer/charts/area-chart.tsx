import {
  AreaSeries,
  createChart,
  type IChartApi,
  type ISeriesApi,
  LineStyle,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { floatText } from '#shared/format/figures.ts';
import { themeStore } from '../app/theme.ts';
import { zone } from '../app/zone.ts';
import { baseOptions, secondsOf, themeOptions } from './base-options.ts';
import { readChartTheme } from './chart-theme.ts';

export type DrawnPoint = { readonly ts: number; readonly value: number };
type Drawn = { readonly chart: IChartApi; readonly series: ISeriesApi<'Area', Time> };

type Props = { readonly points: readonly DrawnPoint[]; readonly label: string };

/** The library wants one point a second at most, in order; the newest of a second stands. */
const unique = (points: readonly DrawnPoint[]) => {
  const bySecond = new Map(points.map((point) => [secondsOf(point.ts), point.value] as const));
  return [...bySecond].toSorted(([a], [b]) => a - b).map(([time, value]) => ({ time: time as UTCTimestamp, value }));
};

const colours = () => {
  const theme = readChartTheme();
  return {
    lineColor: theme.accent,
    topColor: `${theme.accent}33`,
    bottomColor: `${theme.accent}05`,
    priceLineColor: theme.muted,
  };
};

/** A line over time, such as equity. Its words stand beside it; the picture itself is one image to a screen reader. */
export function AreaChart({ points, label }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);

  useEffect(() => {
    if (container.current === null) return undefined;
    const chart = createChart(container.current, {
      ...baseOptions(readChartTheme(), zone),
      handleScroll: false,
      handleScale: false,
    });
    chart.applyOptions({ timeScale: { rightOffset: 0 } });
    const series = chart.addSeries(AreaSeries, {
      ...colours(),
      lineWidth: 2,
      priceFormat: { type: 'custom', formatter: (value: number) => floatText(value, 2), minMove: 0.01 },
      priceLineStyle: LineStyle.Dotted,
    });
    const offTheme = themeStore.subscribe(() => {
      chart.applyOptions(themeOptions(readChartTheme()));
      series.applyOptions(colours());
    });
    drawn.current = { chart, series };
    return () => {
      offTheme();
      drawn.current = null;
      chart.remove();
    };
  }, []);

  useEffect(() => {
    drawn.current?.series.setData(unique(points));
    drawn.current?.chart.timeScale().fitContent();
  }, [points]);

  return <div ref={container} role="img" aria-label={label} className="absolute inset-0" />;
}
