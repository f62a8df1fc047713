import {
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  LineStyle,
  type SeriesMarker,
  type Time,
} from 'lightweight-charts';
import { floatText } from '#shared/format/figures.ts';
import { baseOptions, msOf, themeOptions } from './base-options.ts';
import { createCandleSeries, timeOf } from './candle-series.ts';
import { CHART_FONT, type ChartTheme } from './chart-theme.ts';

/** Floats for drawing; the money they stand for is elsewhere, as text. */
export type DrawnCandle = {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/** A fill, with the words that stand beside its arrow. */
export type DrawnMarker = { readonly openTime: number; readonly side: 'buy' | 'sell'; readonly text: string };
/** `draft`: where a stop would be moved; nothing was sent. */
export type DrawnLine = {
  readonly kind: 'entry' | 'stop' | 'target' | 'draft';
  readonly price: number;
  /** Its name on the scale of prices. */
  readonly title: string;
};

export type CandleController = {
  /** For what is drawn around the candles. */
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<'Candlestick', Time>;
  /** Replaces everything; `keepView` leaves the visible range where the reader had put it. */
  show(candles: readonly DrawnCandle[], decimals: number, keepView: boolean): void;
  append(candles: readonly DrawnCandle[]): void;
  mark(markers: readonly DrawnMarker[], lines: readonly DrawnLine[]): void;
  /** Volume in the first pane below the candles. */
  showVolume(on: boolean): void;
  /** Nearer, further away, or with 0 as at first; the newest candle in view stays where it is. */
  zoom(step: 1 | 0 | -1): void;
  /** Puts the crosshair on a candle and scrolls it into view. */
  point(candle: DrawnCandle | null): void;
  paint(theme: ChartTheme): void;
  dispose(): void;
};

type Options = {
  readonly zone: string;
  readonly theme: ChartTheme;
  /** Open time under the pointer, or null when it left. */
  readonly onHover: (openTime: number | null) => void;
  /** The view comes near the oldest candle that was given. */
  readonly onNearStart: () => void;
};

const LINE_STYLE = {
  entry: LineStyle.Dashed,
  stop: LineStyle.Solid,
  target: LineStyle.Solid,
  draft: LineStyle.LargeDashed,
} as const;

/** Everything the library is told, in one place. */
export function createCandleController(
  container: HTMLElement,
  { zone, theme: first, onHover, onNearStart }: Options,
): CandleController {
  let theme = first;
  let decimals = 2;
  let markers: readonly DrawnMarker[] = [];
  let lines: readonly DrawnLine[] = [];
  let drawnLines: IPriceLine[] = [];

  const chart = createChart(container, baseOptions(theme, zone));
  const series = createCandleSeries({ chart, container, theme: () => theme, onNearStart });
  const { candles } = series;
  const marks = createSeriesMarkers<Time>(candles, []);

  const lineColour = (kind: DrawnLine['kind']): string =>
    ({ entry: theme.accent, stop: theme.down, target: theme.up, draft: theme.muted })[kind];
  const drawMarks = (): void => {
    marks.setMarkers(
      markers.map(
        (marker): SeriesMarker<Time> => ({
          time: timeOf(marker.openTime),
          position: marker.side === 'buy' ? 'belowBar' : 'aboveBar',
          shape: marker.side === 'buy' ? 'arrowUp' : 'arrowDown',
          color: marker.side === 'buy' ? theme.up : theme.down,
          text: marker.text,
        }),
      ),
    );
    for (const line of drawnLines) candles.removePriceLine(line);
    drawnLines = lines.map(({ kind, price, title }) =>
      candles.createPriceLine({
        price,
        color: lineColour(kind),
        lineStyle: LINE_STYLE[kind],
        lineWidth: 1,
        axisLabelVisible: true,
        axisLabelTextColor: theme.background,
        title,
      }),
    );
  };

  const paintSeries = (): void => {
    candles.applyOptions({
      // Up is hollow, down is filled: the body tells them apart without colour.
      upColor: theme.background,
      downColor: theme.down,
      borderUpColor: theme.up,
      borderDownColor: theme.down,
      wickUpColor: theme.up,
      wickDownColor: theme.down,
      priceLineColor: theme.muted,
    });
  };

  const hover = (parameters: { readonly time?: Time }): void =>
    onHover(parameters.time === undefined ? null : msOf(parameters.time));
  chart.subscribeCrosshairMove(hover);
  paintSeries();
  // A canvas does not redraw by itself when a font arrives.
  void document.fonts.load(`11px ${CHART_FONT}`).then(() => chart.applyOptions({ layout: { fontFamily: CHART_FONT } }));

  return {
    chart,
    candles,
    show(all, tickDecimals, keepView) {
      decimals = tickDecimals;
      candles.applyOptions({
        priceFormat: {
          type: 'custom',
          formatter: (price: number) => floatText(price, decimals),
          minMove: 10 ** -decimals,
        },
      });
      series.show(all, keepView);
    },
    append: (fresh) => series.append(fresh),
    showVolume: (on) => series.showVolume(on),
    zoom: (step) => series.zoom(step),
    mark(nextMarkers, nextLines) {
      markers = nextMarkers;
      lines = nextLines;
      drawMarks();
    },
    point(candle) {
      if (candle === null) return chart.clearCrosshairPosition();
      series.reveal(candle);
      chart.setCrosshairPosition(candle.close, timeOf(candle.openTime), candles);
    },
    paint(next) {
      theme = next;
      chart.applyOptions(themeOptions(theme));
      paintSeries();
      series.repaint();
      drawMarks();
    },
    dispose() {
      series.dispose();
      chart.unsubscribeCrosshairMove(hover);
      chart.remove();
    },
  };
}
