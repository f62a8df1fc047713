import {
  CandlestickSeries,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineStyle,
  type UTCTimestamp,
} from 'lightweight-charts';
import { secondsOf } from './base-options.ts';
import type { DrawnCandle } from './candle-controller.ts';
import type { ChartTheme } from './chart-theme.ts';
import { MOST_DRAWN, nearsEdge, placeOf, type Span, windowFor } from './series-window.ts';

const FIRST_VIEW = 140;
/** Free places right of the newest candle: the names of entry, stop and target stand there and not on the candles. */
const ROOM_RIGHT = 12;
const ZOOM = 1.4;
const LEAST_VIEW = 12;

export const timeOf = (openTime: number): UTCTimestamp => secondsOf(openTime) as UTCTimestamp;

/** Candles and their volume: any number of them at hand, of which the library holds the part around the view. */
export type CandleSeries = {
  readonly candles: ISeriesApi<'Candlestick'>;
  /** Replaces everything; `keepView` leaves the visible range where the reader had put it. */
  show(all: readonly DrawnCandle[], keepView: boolean): void;
  append(fresh: readonly DrawnCandle[]): void;
  /** Moves the view, if it has to, so that the candle is in it. */
  reveal(candle: DrawnCandle): void;
  /** Volume in the first pane below the candles; none at first. */
  showVolume(on: boolean): void;
  /** Nearer, further away, or with 0 as at first; the newest candle in view stays where it is. */
  zoom(step: 1 | 0 | -1): void;
  /** The same candles in the colours of now. */
  repaint(): void;
  dispose(): void;
};

type Options = {
  readonly chart: IChartApi;
  readonly container: HTMLElement;
  readonly theme: () => ChartTheme;
  /** The view comes near the oldest candle at hand. */
  readonly onNearStart: () => void;
};

export function createCandleSeries({ chart, container, theme, onNearStart }: Options): CandleSeries {
  let all: DrawnCandle[] = [];
  let drawn: Span = { from: 0, to: 0 };
  /** While the pointer drags, the library counts from where the drag began: the window moves when it is let go. */
  let held = false;
  let planned: number | null = null;

  const candles = chart.addSeries(CandlestickSeries, { priceLineStyle: LineStyle.Dotted });
  let volume: ISeriesApi<'Histogram'> | undefined;
  const scale = chart.timeScale();

  const candleOf = ({ openTime, open, high, low, close }: DrawnCandle) => ({
    time: timeOf(openTime),
    open,
    high,
    low,
    close,
  });
  const volumeOf = ({ openTime, open, close, volume: value }: DrawnCandle) => ({
    time: timeOf(openTime),
    value,
    color: close >= open ? theme().upSoft : theme().downSoft,
  });

  const view = (): Span | null => {
    const range = scale.getVisibleLogicalRange();
    return range === null ? null : { from: range.from + drawn.from, to: range.to + drawn.from };
  };
  const look = ({ from, to }: Span): void =>
    scale.setVisibleLogicalRange({ from: from - drawn.from, to: to - drawn.from });
  const draw = (around: Span): void => {
    drawn = windowFor(around, all.length);
    const part = all.slice(drawn.from, drawn.to);
    candles.setData(part.map(candleOf));
    volume?.setData(part.map(volumeOf));
    look(around);
  };
  const settle = (): void => {
    planned = null;
    const now = view();
    if (now === null || held) return;
    if (nearsEdge(now, drawn, all.length)) draw(now);
  };
  const soon = (): void => {
    planned ??= requestAnimationFrame(settle);
  };

  const moved = (): void => {
    const now = view();
    if (now === null || all.length === 0) return;
    if (now.from < 2 * (now.to - now.from)) onNearStart();
    soon();
  };
  const press = (): void => {
    held = true;
  };
  const release = (): void => {
    if (!held) return;
    held = false;
    soon();
  };
  scale.subscribeVisibleLogicalRangeChange(moved);
  container.addEventListener('pointerdown', press, true);
  addEventListener('pointerup', release, true);
  addEventListener('pointercancel', release, true);

  /** Whether the list is the same with more candles before it: then what is drawn stays as it is. */
  const onlyGrewBefore = (next: readonly DrawnCandle[], grown: number): boolean =>
    grown >= 0 &&
    next.length === all.length + grown &&
    next[drawn.from + grown]?.openTime === all[drawn.from]?.openTime &&
    next.at(-1)?.openTime === all.at(-1)?.openTime;

  return {
    candles,
    show(next, keepView) {
      const now = keepView ? view() : null;
      const before = all;
      const atEdge = now === null || now.to >= before.length - 1;
      const grown = placeOf(next, before[0]?.openTime ?? 0);
      if (now !== null && before.length > 0 && onlyGrewBefore(next, grown)) {
        all = [...next];
        drawn = { from: drawn.from + grown, to: drawn.to + grown };
        return soon();
      }
      all = [...next];
      const count = all.length;
      if (now === null) return draw({ from: count - FIRST_VIEW, to: count + ROOM_RIGHT });
      // At the newest candles the view follows them; somewhere in the past it stays at the moments the reader had chosen.
      const first = Math.min(before.length - 1, Math.max(0, Math.ceil(now.from)));
      const shift = atEdge ? count - before.length : placeOf(all, before[first]?.openTime ?? 0) - first;
      draw({ from: now.from + shift, to: now.to + shift });
    },
    append(fresh) {
      const now = view();
      const atEdge = now === null || now.to >= all.length - 1;
      const follows = drawn.to === all.length;
      for (const one of fresh) {
        all.push(one);
        if (!follows) continue;
        candles.update(candleOf(one));
        volume?.update(volumeOf(one));
      }
      if (follows) drawn = { from: drawn.from, to: all.length };
      if (now === null || !atEdge) return;
      const next = { from: now.from + fresh.length, to: now.to + fresh.length };
      // Days of new candles do not pile up in the library.
      if (drawn.to - drawn.from > 2 * MOST_DRAWN && !held) draw(next);
      else look(next);
    },
    reveal({ openTime }) {
      const place = placeOf(all, openTime);
      const now = view();
      if (now === null || all[place]?.openTime !== openTime || (place >= now.from && place <= now.to)) return;
      const width = now.to - now.from;
      const from = place < now.from ? place - 2 : place - width + 2;
      const next = { from, to: from + width };
      if (nearsEdge(next, drawn, all.length)) draw(next);
      else look(next);
    },
    showVolume(on) {
      if (on === (volume !== undefined)) return;
      if (volume !== undefined) chart.removeSeries(volume);
      const quiet = { priceLineVisible: false, lastValueVisible: false };
      volume = on ? chart.addSeries(HistogramSeries, { ...quiet, priceFormat: { type: 'volume' } }, 1) : undefined;
      volume?.setData(all.slice(drawn.from, drawn.to).map(volumeOf));
      chart.panes().forEach((pane, index) => pane.setStretchFactor(index === 0 ? 5 : 1));
    },
    zoom(step) {
      const now = view();
      if (now === null) return;
      const before = now.to - now.from;
      const width = Math.max(LEAST_VIEW, before * (step > 0 ? 1 / ZOOM : ZOOM));
      // The free room stays as wide in pixels: nearer is nearer to candles.
      const room = Math.max(0, now.to - all.length);
      const to = now.to - room + (room * width) / before;
      const next =
        step === 0 ? { from: all.length - FIRST_VIEW, to: all.length + ROOM_RIGHT } : { from: to - width, to };
      if (nearsEdge(next, drawn, all.length)) draw(next);
      else look(next);
    },
    repaint: () => volume?.setData(all.slice(drawn.from, drawn.to).map(volumeOf)),
    dispose() {
      if (planned !== null) cancelAnimationFrame(planned);
      scale.unsubscribeVisibleLogicalRangeChange(moved);
      container.removeEventListener('pointerdown', press, true);
      removeEventListener('pointerup', release, true);
      removeEventListener('pointercancel', release, true);
    },
  };
}
