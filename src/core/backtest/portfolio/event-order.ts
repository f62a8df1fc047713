import type { ClosedCandle } from '../../domain/candle.ts';
import type { UnixMs } from '../../domain/ids.ts';
import { INTERVAL_MS } from '../../domain/interval.ts';
import { candleAt } from '../../market/candle-columns.ts';
import type { CandleColumns } from '../../market/types.ts';

/** What the markets of one account do at each moment. `market` is its place in the list. */
export type EventHandlers = {
  /** A candle, or one of the finer candles inside it, begins: what fills at its open fills now. */
  readonly open: (market: number, candle: ClosedCandle, index: number) => void;
  /** It ends: what fills inside it fills now. */
  readonly close: (market: number, candle: ClosedCandle, index: number) => void;
  /** A traded candle has closed: what is held is worth something else now. */
  readonly mark: (market: number, candle: ClosedCandle, index: number) => void;
  /** All markets that closed a candle at this moment are marked. */
  readonly marked: (at: UnixMs) => void;
  /** The decision about that candle. */
  readonly decide: (market: number, candle: ClosedCandle, index: number) => void;
  /** The last candle of a market was decided about. */
  readonly end: (market: number) => void;
};

export type PlayedSeries = { readonly columns: CandleColumns; readonly detail: CandleColumns | undefined };

/** Where one market stands: candle `index`, whose parts are `parts`; `part` is the one that is open or opens next. */
type Place = {
  readonly columns: CandleColumns;
  readonly detail: CandleColumns | undefined;
  index: number;
  candle: ClosedCandle | undefined;
  parts: readonly ClosedCandle[];
  part: number;
  isOpen: boolean;
  /** First candle of the detail that is not before `index`. */
  fine: number;
};

/**
 * Plays the candles of several markets in the order of time. At one moment everything that ends comes first: fills inside candles, then the
 * marks of all markets that closed one, then their decisions, and only then what opens; within each step the markets take their turns in
 * the order of the list. So a decision knows the close of every market and the future of none, whatever their intervals are.
 */
export function playInOrder(series: readonly PlayedSeries[], handlers: EventHandlers): void {
  const places = series.map(({ columns, detail }): Place => {
    const place: Place = { columns, detail, index: -1, candle: undefined, parts: [], part: 0, isOpen: false, fine: 0 };
    advance(place);
    return place;
  });
  for (;;) {
    const at = places.reduce((earliest, place) => Math.min(earliest, nextMoment(place)), Number.POSITIVE_INFINITY);
    if (at === Number.POSITIVE_INFINITY) return;
    const closed: number[] = [];
    for (const [market, place] of places.entries()) {
      const part = place.parts[place.part];
      if (!place.isOpen || part === undefined || part.closeTime !== at) continue;
      handlers.close(market, part, place.index);
      place.isOpen = false;
      place.part += 1;
      if (place.part === place.parts.length) closed.push(market);
    }
    for (const market of closed) withCandle(places, market, handlers.mark);
    if (closed.length > 0) handlers.marked(at as UnixMs);
    for (const market of closed) {
      withCandle(places, market, handlers.decide);
      const place = places[market] as Place;
      advance(place);
      if (place.candle === undefined) handlers.end(market);
    }
    for (const [market, place] of places.entries()) {
      const part = place.parts[place.part];
      if (place.isOpen || part === undefined || part.openTime !== at) continue;
      handlers.open(market, part, place.index);
      place.isOpen = true;
    }
  }
}

function withCandle(places: readonly Place[], market: number, handle: EventHandlers['mark']): void {
  const { candle, index } = places[market] as Place;
  if (candle !== undefined) handle(market, candle, index);
}

function nextMoment({ parts, part, isOpen }: Place): number {
  const next = parts[part];
  if (next === undefined) return Number.POSITIVE_INFINITY;
  return isOpen ? next.closeTime : next.openTime;
}

function advance(place: Place): void {
  place.index += 1;
  place.part = 0;
  place.candle = place.index < place.columns.length ? candleAt(place.columns, place.index) : undefined;
  place.parts = place.candle === undefined ? [] : partsOf(place, place.candle);
}

/** The finer candles of a candle when all of them are there, or else the candle itself. */
function partsOf(place: Place, candle: ClosedCandle): readonly ClosedCandle[] {
  const { detail, columns } = place;
  if (detail === undefined) return [candle];
  while (place.fine < detail.length && (detail.openTime[place.fine] as number) < candle.openTime) place.fine += 1;
  const whole = INTERVAL_MS[columns.interval] / INTERVAL_MS[detail.interval];
  const last = detail.openTime[place.fine + whole - 1];
  const complete =
    detail.openTime[place.fine] === candle.openTime && last === candle.closeTime - INTERVAL_MS[detail.interval];
  return complete ? Array.from({ length: whole }, (_, i) => candleAt(detail, place.fine + i)) : [candle];
}
