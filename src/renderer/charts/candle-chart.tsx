import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { themeStore } from '../app/theme.ts';
import { zone } from '../app/zone.ts';
import {
  type CandleController,
  createCandleController,
  type DrawnCandle,
  type DrawnLine,
  type DrawnMarker,
} from './candle-controller.ts';
import { readChartTheme } from './chart-theme.ts';
import { placeOf } from './series-window.ts';

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
  /** The view comes near the oldest candle: older ones may be given, before the others. */
  readonly onNearStart: () => void;
  /** The candle under the pointer or the keyboard; null shows the newest. */
  readonly onPoint: (candle: DrawnCandle | null) => void;
  /** What a screen reader hears when the keyboard moves to a candle. */
  readonly readout: (candle: DrawnCandle) => string;
};

/** The one candle chart of the product. It takes the focus and walks candle by candle with the arrow keys. */
export function CandleChart({
  identity,
  candles,
  live,
  markers,
  lines,
  decimals,
  label,
  onNearStart,
  onPoint,
  readout,
}: Props) {
  const container = useRef<HTMLDivElement>(null);
  const controller = useRef<CandleController | null>(null);
  const loaded = useRef<{ readonly candles: readonly DrawnCandle[]; readonly identity: string } | null>(null);
  const cursor = useRef<number | null>(null);
  const all = useRef<readonly DrawnCandle[]>([]);
  const onPointNow = useRef(onPoint);
  const onNearStartNow = useRef(onNearStart);
  const [spoken, setSpoken] = useState('');

  useEffect(() => {
    onPointNow.current = onPoint;
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
    const offTheme = themeStore.subscribe(() => made.paint(readChartTheme()));
    controller.current = made;
    loaded.current = null;
    return () => {
      offTheme();
      controller.current = null;
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

  const move = (event: KeyboardEvent): void => {
    const last = all.current.length - 1;
    const at = cursor.current ?? last + 1;
    const target: Readonly<Record<string, number>> = {
      ArrowLeft: at - (event.shiftKey ? 10 : 1),
      ArrowRight: at + (event.shiftKey ? 10 : 1),
      Home: 0,
      End: last,
    };
    const wanted = target[event.key];
    if (wanted === undefined || last < 0) return;
    event.preventDefault();
    const index = Math.min(last, Math.max(0, wanted));
    const candle = all.current[index];
    if (candle === undefined) return;
    cursor.current = index;
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
        aria-roledescription="candle chart"
        aria-label={`${label} Left and right arrow keys move from candle to candle, with Shift by ten.`}
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
