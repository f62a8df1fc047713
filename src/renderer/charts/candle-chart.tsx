import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { themeStore } from '../app/theme.ts';
import { zone } from '../app/zone.ts';
import { type Around, createAround } from './around-candles.ts';
import {
  type CandleController,
  createCandleController,
  type DrawnCandle,
  type DrawnLine,
  type DrawnMarker,
} from './candle-controller.ts';
import { readChartTheme } from './chart-theme.ts';
import type { DrawnIndicators } from './indicator-layer.ts';
import type { DrawnBand } from './regime-bands.ts';
import { placeOf } from './series-window.ts';
import type { MovableStop } from './stop-drag.ts';

type Props = {
  /** Changes when another market is shown; the view then starts at the newest candles again. */
  readonly identity: string;
  /** Candles as loaded, oldest first. */
  readonly candles: readonly DrawnCandle[];
  /** Candles that closed since, oldest first. */
  readonly live: readonly DrawnCandle[];
  readonly markers: readonly DrawnMarker[];
  readonly lines: readonly DrawnLine[];
  readonly decimals: number;
  readonly label: string;
  /** Volume below the candles; so when left out. */
  readonly volume?: boolean;
  readonly indicators?: DrawnIndicators | null;
  readonly bands?: readonly DrawnBand[];
  /** Stops that can be carried with the pointer, and what becomes of one that is. */
  readonly stops?: readonly MovableStop[];
  readonly onStop?: (stop: MovableStop, price: number) => void;
  /** Another key on the chart, such as one for the interval. */
  readonly onKey?: (key: string) => void;
  /** The view comes near the oldest candle: older ones may be given, before the others. */
  readonly onNearStart: () => void;
  /** The candle under the pointer or the keyboard; null shows the newest. */
  readonly onPoint: (candle: DrawnCandle | null) => void;
  /** What a screen reader hears when the keyboard moves to a candle. */
  readonly readout: (candle: DrawnCandle) => string;
};

const NO_BANDS: readonly DrawnBand[] = [];
const NO_STOPS: readonly MovableStop[] = [];
const ZOOM_KEYS: Readonly<Record<string, 1 | 0 | -1>> = { '+': 1, '=': 1, '-': -1, '0': 0 };

/** The one candle chart of the product. It takes the focus and walks candle by candle with the arrow keys. */
export function CandleChart({
  identity,
  candles,
  live,
  markers,
  lines,
  decimals,
  label,
  volume = true,
  indicators = null,
  bands = NO_BANDS,
  stops = NO_STOPS,
  onStop,
  onKey,
  onNearStart,
  onPoint,
  readout,
}: Props) {
  const { t } = useTranslation();
  const container = useRef<HTMLDivElement>(null);
  const controller = useRef<CandleController | null>(null);
  const around = useRef<Around | null>(null);
  const onStopNow = useRef(onStop);
  const decimalsNow = useRef(decimals);
  const loaded = useRef<{ readonly candles: readonly DrawnCandle[]; readonly identity: string } | null>(null);
  /** Open time of the candle that the keyboard is at: places move when older candles come in before it. */
  const cursor = useRef<number | null>(null);
  const all = useRef<readonly DrawnCandle[]>([]);
  const onPointNow = useRef(onPoint);
  const onNearStartNow = useRef(onNearStart);
  const [spoken, setSpoken] = useState('');

  useEffect(() => {
    onPointNow.current = onPoint;
    onStopNow.current = onStop;
    decimalsNow.current = decimals;
    onNearStartNow.current = onNearStart;
  });

  useEffect(() => {
    if (container.current === null) return undefined;
    const made = createCandleController(container.current, {
      zone,
      theme: readChartTheme(),
      onHover(openTime) {
        const candle = openTime === null ? undefined : all.current[placeOf(all.current, openTime)];
        onPointNow.current(candle?.openTime === openTime ? candle : null);
      },
      onNearStart: () => onNearStartNow.current(),
    });
    const drawn = createAround(made, container.current, {
      theme: readChartTheme(),
      decimals: () => decimalsNow.current,
      onStop: (stop, price) => onStopNow.current?.(stop, price),
    });
    const offTheme = themeStore.subscribe(() => {
      made.paint(readChartTheme());
      drawn.paint(readChartTheme());
    });
    controller.current = made;
    around.current = drawn;
    loaded.current = null;
    return () => {
      offTheme();
      controller.current = null;
      around.current = null;
      drawn.dispose();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    const isNew = loaded.current?.candles !== candles || loaded.current.identity !== identity;
    const known = isNew ? candles : all.current;
    const last = known.at(-1)?.openTime ?? 0;
    const fresh = live.filter((candle) => candle.openTime > last);
    if (!isNew && fresh.length === 0) return;
    all.current = known.concat(fresh);
    if (isNew) controller.current?.show(all.current, decimals, loaded.current?.identity === identity);
    else controller.current?.append(fresh);
    loaded.current = { candles, identity };
  }, [candles, decimals, identity, live]);

  useEffect(() => controller.current?.mark(markers, lines), [markers, lines]);
  useEffect(() => around.current?.show(volume, indicators, decimals), [volume, indicators, decimals]);
  useEffect(() => around.current?.bands(bands), [bands]);
  useEffect(() => around.current?.offer(stops), [stops]);

  const move = (event: KeyboardEvent): void => {
    const zoom = ZOOM_KEYS[event.key];
    if (zoom !== undefined && !event.ctrlKey && !event.metaKey) return controller.current?.zoom(zoom);
    const last = all.current.length - 1;
    const at = cursor.current === null ? last + 1 : placeOf(all.current, cursor.current);
    const target: Readonly<Record<string, number>> = {
      ArrowLeft: at - (event.shiftKey ? 10 : 1),
      ArrowRight: at + (event.shiftKey ? 10 : 1),
      Home: 0,
      End: last,
    };
    const wanted = target[event.key];
    if (wanted === undefined) return onKey?.(event.key);
    if (last < 0) return;
    event.preventDefault();
    const index = Math.min(last, Math.max(0, wanted));
    const candle = all.current[index];
    if (candle === undefined) return;
    cursor.current = candle.openTime;
    controller.current?.point(candle);
    onPointNow.current(candle);
    setSpoken(readout(candle));
  };
  const leave = (): void => {
    cursor.current = null;
    controller.current?.point(null);
    onPointNow.current(null);
    setSpoken('');
  };

  return (
    <>
      <div
        ref={container}
        role="application"
        aria-roledescription={t('market.candleChart')}
        aria-label={`${label} ${t('market.chartKeys')}`}
        tabIndex={0}
        onKeyDown={move}
        onBlur={leave}
        className="absolute inset-0 -outline-offset-2"
      />
      <p aria-live="polite" className="sr-only" data-testid="chart-readout">
        {spoken}
      </p>
    </>
  );
}
