import type { IChartApi, ISeriesApi, Time } from 'lightweight-charts';

/** A stop that may be moved, and between which prices. Prices are floats for drawing; what is sent is text on the tick. */
export type MovableStop = {
  readonly agentId: string;
  readonly price: number;
  readonly lowest: number;
  readonly highest: number;
};

export type StopDrag = {
  /** The stops that can be taken hold of now. */
  offer(stops: readonly MovableStop[]): void;
  dispose(): void;
};

type Options = {
  readonly container: HTMLElement;
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<'Candlestick', Time>;
  readonly decimals: () => number;
  /** While it is dragged, and where it was let go. */
  readonly onMove: (stop: MovableStop, price: number) => void;
};

/** Pixels above and below a line within which it is taken hold of. */
const REACH = 7;

/**
 * Lets the pointer take a stop line and carry it toward less risk: the line stays between its stop and the market, whatever the hand does. What
 * is let go is a question, not an order. The library pans the chart on the same press, so the press is taken before it sees it.
 */
export function createStopDrag({ container, chart, candles, decimals, onMove }: Options): StopDrag {
  let stops: readonly MovableStop[] = [];
  let held: MovableStop | undefined;

  const yOf = (event: MouseEvent): number => event.clientY - container.getBoundingClientRect().top;
  const under = (event: MouseEvent): MovableStop | undefined =>
    stops.find(({ price }) => {
      const y = candles.priceToCoordinate(price);
      return y !== null && Math.abs(y - yOf(event)) <= REACH;
    });

  const carry = (event: MouseEvent): void => {
    const price = candles.coordinateToPrice(yOf(event));
    if (held === undefined || price === null) return;
    const bounded = Math.min(held.highest, Math.max(held.lowest, price));
    onMove(held, Number(bounded.toFixed(decimals())));
  };
  const onDown = (event: PointerEvent): void => {
    const found = event.button === 0 ? under(event) : undefined;
    if (found === undefined) return;
    held = found;
    container.setPointerCapture(event.pointerId);
    chart.applyOptions({ handleScroll: false, handleScale: false });
    event.stopPropagation();
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (held !== undefined) carry(event);
    else container.style.cursor = under(event) === undefined ? '' : 'ns-resize';
  };
  const onUp = (event: PointerEvent): void => {
    if (held === undefined) return;
    carry(event);
    held = undefined;
    container.releasePointerCapture(event.pointerId);
    chart.applyOptions({ handleScroll: true, handleScale: { axisPressedMouseMove: { time: true, price: true } } });
  };
  /** The mouse events that follow the pointer's own, which the library listens to. */
  const keepFromChart = (event: Event): void => {
    if (held !== undefined) event.stopPropagation();
  };

  const capture = { capture: true } as const;
  container.addEventListener('pointerdown', onDown, capture);
  container.addEventListener('pointermove', onPointerMove, capture);
  container.addEventListener('pointerup', onUp, capture);
  for (const name of ['mousedown', 'touchstart'] as const) container.addEventListener(name, keepFromChart, capture);
  return {
    offer(next) {
      stops = next;
    },
    dispose() {
      container.removeEventListener('pointerdown', onDown, capture);
      container.removeEventListener('pointermove', onPointerMove, capture);
      container.removeEventListener('pointerup', onUp, capture);
      for (const name of ['mousedown', 'touchstart'] as const)
        container.removeEventListener(name, keepFromChart, capture);
    },
  };
}
