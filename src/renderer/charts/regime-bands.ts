import type {
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  Time,
  UTCTimestamp,
} from 'lightweight-charts';
import { secondsOf } from './base-options.ts';
import type { ChartTheme } from './chart-theme.ts';

/** What kind of market it was, from one open time to another. */
export type DrawnBand = { readonly from: number; readonly to: number; readonly regime: string; readonly name: string };

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Two hex digits of opacity: behind candles and text a hint of colour is all that may be there. */
const HINT = '14';
const LABEL_ROOM = 64;

/** Colour says little here, so each band also carries its name at its upper edge. */
const colourOf = (regime: string, theme: ChartTheme): string =>
  regime === 'trending_up'
    ? theme.up
    : regime === 'trending_down'
      ? theme.down
      : regime === 'ranging'
        ? theme.muted
        : theme.accent;

export type RegimeBands = {
  readonly primitive: ISeriesPrimitive<Time>;
  show(bands: readonly DrawnBand[]): void;
  paint(theme: ChartTheme): void;
};

/** Bands behind the candles. They begin and end at candles that exist; what is out of sight is left out. */
export function createRegimeBands(chart: IChartApi, first: ChartTheme): RegimeBands {
  let bands: readonly DrawnBand[] = [];
  let theme = first;
  let redraw: () => void = () => {};

  const draw = (target: Target): void =>
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      const scale = chart.timeScale();
      const range = scale.getVisibleRange();
      if (range === null) return;
      context.font = "10px 'JetBrains Mono Variable', monospace";
      context.textBaseline = 'top';
      const [from, to] = [Number(range.from), Number(range.to)];
      for (const band of bands) {
        const begins = Math.max(from, secondsOf(band.from));
        const ends = Math.min(to, secondsOf(band.to));
        if (ends <= begins) continue;
        const left = scale.timeToCoordinate(begins as UTCTimestamp);
        const right = scale.timeToCoordinate(ends as UTCTimestamp);
        if (left === null || right === null) continue;
        const width = Math.max(1, right - left);
        context.fillStyle = `${colourOf(band.regime, theme)}${HINT}`;
        context.fillRect(left, 0, width, mediaSize.height);
        context.fillStyle = theme.line;
        context.fillRect(left, 0, 1, mediaSize.height);
        context.fillStyle = theme.muted;
        if (width > LABEL_ROOM) context.fillText(band.name, left + 4, 3, width - 8);
      }
    });

  const view: IPrimitivePaneView = { zOrder: () => 'bottom', renderer: () => ({ draw }) };
  return {
    primitive: {
      attached({ requestUpdate }) {
        redraw = requestUpdate;
      },
      paneViews: () => [view],
    },
    show(next) {
      bands = next;
      redraw();
    },
    paint(next) {
      theme = next;
      redraw();
    },
  };
}
