import {
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { floatText } from '#shared/format/figures.ts';
import { secondsOf } from './base-options.ts';
import type { ChartTheme } from './chart-theme.ts';

/** Curves as the engine computed them: one value for each candle, not a number where there is none. */
export type DrawnIndicator = {
  readonly id: string;
  readonly place: 'overlay' | 'pane';
  readonly lines: readonly { readonly name: string; readonly style: 'line' | 'bars'; readonly values: Float64Array }[];
};
export type DrawnIndicators = { readonly openTime: Float64Array; readonly series: readonly DrawnIndicator[] };

export type IndicatorLayer = {
  show(indicators: DrawnIndicators, decimals: number): void;
  paint(theme: ChartTheme): void;
};

type Curve = ISeriesApi<'Line', Time> | ISeriesApi<'Histogram', Time>;
type Made = { readonly curve: Curve; readonly colour: (theme: ChartTheme) => string };

/** Told apart by stroke as well as by colour. */
const STROKES = [LineStyle.Solid, LineStyle.Dashed, LineStyle.Dotted, LineStyle.LargeDashed] as const;
const colours = (theme: ChartTheme): readonly string[] => [theme.accent, theme.muted, theme.up, theme.down];
const MIN_MOVE = 0.01;

/** Draws indicators: overlays with the candles, each other one in a pane of its own from `firstPane` on. */
export function createIndicatorLayer(chart: IChartApi, firstPane: () => number, first: ChartTheme): IndicatorLayer {
  let theme = first;
  let shape = '';
  let made: readonly Made[] = [];

  const remove = (): void => {
    for (const { curve } of made) chart.removeSeries(curve);
    made = [];
  };
  const add = (series: readonly DrawnIndicator[], decimals: number): void => {
    let pane = firstPane() - 1;
    let overlays = 0;
    made = series.flatMap(({ place, lines }) => {
      if (place === 'pane') pane += 1;
      const index = place === 'pane' ? pane : 0;
      return lines.map(({ style }, line): Made => {
        const look = place === 'overlay' ? overlays++ : line;
        const colour = (now: ChartTheme): string =>
          style === 'bars' ? now.upSoft : (colours(now)[look % 4] ?? now.accent);
        const format = {
          type: 'custom' as const,
          formatter: (value: number) => floatText(value, place === 'overlay' ? decimals : 2),
          minMove: place === 'overlay' ? 10 ** -decimals : MIN_MOVE,
        };
        const quiet = {
          priceLineVisible: false,
          lastValueVisible: place === 'pane' && line === 0,
          priceFormat: format,
        };
        const curve =
          style === 'bars'
            ? chart.addSeries(HistogramSeries, { ...quiet, color: colour(theme) }, index)
            : chart.addSeries(
                LineSeries,
                {
                  ...quiet,
                  color: colour(theme),
                  lineWidth: 1,
                  lineStyle: STROKES[Math.floor(look / 4) % 4 === 0 ? line % 4 : (line + 1) % 4] ?? LineStyle.Solid,
                  crosshairMarkerVisible: false,
                },
                index,
              );
        return { curve, colour };
      });
    });
    chart.panes().forEach((one, index) => one.setStretchFactor(index === 0 ? 5 : 1));
  };

  return {
    show({ openTime, series }, decimals) {
      const next = series.map(({ id }) => id).join(' ');
      if (next !== shape) {
        remove();
        add(series, decimals);
        shape = next;
      }
      const lines = series.flatMap((one) => one.lines);
      for (const [index, { values }] of lines.entries()) {
        const points: ({ readonly time: UTCTimestamp; readonly value: number } | { readonly time: UTCTimestamp })[] =
          [];
        for (const [at, time] of openTime.entries()) {
          const value = values[at] ?? Number.NaN;
          const second = secondsOf(time) as UTCTimestamp;
          points.push(Number.isFinite(value) ? { time: second, value } : { time: second });
        }
        made[index]?.curve.setData(points);
      }
    },
    paint(next) {
      theme = next;
      for (const { curve, colour } of made) curve.applyOptions({ color: colour(theme) });
    },
  };
}
