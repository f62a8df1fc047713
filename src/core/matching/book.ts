import { nextAtOpen } from './at-open.ts';
import { nextInside } from './inside.ts';
import type { TakerPrice } from './taker-price.ts';
import { endCandle } from './trailing.ts';
import type { BookOrder, Depth, GridCandle, MatchRules, NewOrder, Outcome } from './types.ts';
import { withoutLots } from './walk-book.ts';

/**
 * The resting orders of one market and the rules by which candles fill them. Pure and deterministic: it decides, the caller books. The
 * caller asks for one outcome after another, because a fill may make it add, resize or cancel other orders before the next is looked for:
 *
 *   book.open(candle);   while ((next = book.next()) !== undefined) ...apply it...
 *   book.inside();       while ((next = book.next()) !== undefined) ...apply it...
 *   book.close();
 */
export type MatchingBook = {
  readonly size: number;
  add(order: NewOrder, rested?: boolean): BookOrder;
  get(id: number): BookOrder | undefined;
  /** In order of arrival. */
  orders(): readonly BookOrder[];
  /** Takes an order out; undefined when it is not there. */
  remove(id: number): BookOrder | undefined;
  /** Orders that came after this candle had closed keep still through it. */
  open(candle: GridCandle, isDormant?: (order: BookOrder) => boolean): void;
  inside(): void;
  /** The candle has ended: trailing stops move up, what came during it counts as resting. */
  close(): void;
  /** The next thing that this phase does to an order; the same object each time. Changes nothing but `triggered`. */
  next(): Outcome | undefined;
  /**
   * Books `lots` of an order: what is left rests, an order without rest is gone, and the others of its group shrink by as much.
   * Answers the orders of the group that are gone with it.
   */
  fill(order: BookOrder, lots: number): readonly BookOrder[];
};

/** Takers at the open of a candle with a book take from that book, whatever made them takers. */
function takeFrom(depth: Depth, side: BookOrder['side'], lots: number): void {
  const other = side > 0 ? depth.asks : depth.bids;
  other.levels = withoutLots(other.levels, lots);
}

const NOBODY: readonly BookOrder[] = [];

export function createBook(rules: MatchRules): MatchingBook {
  const book: BookOrder[] = [];
  const scratch: TakerPrice = { ticks: 0, spreadTicks: 0, impactTicks: 0 };
  let outcome: Outcome | undefined;
  let candle: GridCandle | undefined;
  let phase: 'between' | 'open' | 'inside' = 'between';

  const take = (order: BookOrder): void => {
    const index = book.indexOf(order);
    if (index < 0) return;
    // By hand: a splice makes an array of what it took and gives back the room that the next order needs.
    for (let i = index + 1; i < book.length; i++) book[i - 1] = book[i] as BookOrder;
    book.pop();
  };

  const shrink = (filled: BookOrder, lots: number): readonly BookOrder[] => {
    const gone: BookOrder[] = [];
    for (const other of book) {
      if (other === filled || other.group !== filled.group) continue;
      other.lots = Math.max(0, other.lots - lots);
      if (other.lots === 0) gone.push(other);
    }
    for (const other of gone) take(other);
    return gone;
  };

  return {
    get size() {
      return book.length;
    },
    add(order, rested = false) {
      const kept: BookOrder = {
        id: order.id,
        side: order.side,
        kind: order.kind,
        lots: order.lots,
        limit: order.limit ?? 0,
        trigger: order.trigger ?? 0,
        trail: order.trail ?? 0,
        timeInForce: order.timeInForce ?? 'gtc',
        postOnly: order.postOnly ?? false,
        group: order.group ?? 0,
        triggered: false,
        arrived: phase,
        rested,
        dormant: false,
      };
      book.push(kept);
      return kept;
    },
    get: (id) => book.find((order) => order.id === id),
    orders: () => book,
    remove(id) {
      const order = book.find((other) => other.id === id);
      if (order !== undefined) take(order);
      return order;
    },
    open(next, isDormant) {
      candle = next;
      phase = 'open';
      const share = rules.participation;
      next.left = share === Number.POSITIVE_INFINITY ? share : Math.floor(next.lots * share);
      if (isDormant !== undefined) for (const order of book) order.dormant = isDormant(order);
    },
    inside() {
      phase = 'inside';
    },
    close() {
      if (candle !== undefined) for (const order of book) endCandle(order, candle);
      phase = 'between';
      candle = undefined;
    },
    next() {
      if (candle === undefined || book.length === 0) return undefined;
      outcome ??= {
        kind: 'fill',
        order: book[0] as BookOrder,
        ticks: 0,
        lots: 0,
        taker: true,
        spreadTicks: 0,
        impactTicks: 0,
        reason: '',
      };
      const found =
        phase === 'open'
          ? nextAtOpen(book, candle, rules, outcome, scratch)
          : nextInside(book, candle, rules, outcome, scratch);
      return found ? outcome : undefined;
    },
    fill(order, lots) {
      order.lots -= lots;
      if (candle !== undefined) candle.left -= lots;
      if (candle?.depth !== undefined && phase === 'open' && outcome?.taker === true)
        takeFrom(candle.depth, order.side, lots);
      if (order.lots === 0) take(order);
      return order.group === 0 ? NOBODY : shrink(order, lots);
    },
  };
}
