import { takesDepth } from './at-depth.ts';
import {
  available,
  cancelOf,
  fillAsMaker,
  fillAsTaker,
  fillStop,
  isLimit,
  isReached,
  isStop,
  isTaker,
  isThrough,
  isWithin,
} from './decide.ts';
import { type TakerPrice, takerPrice } from './taker-price.ts';
import { trailedTo } from './trailing.ts';
import type { BookOrder, GridCandle, MatchRules, Outcome } from './types.ts';

/** The open as the owner of the order sees it: rounded up for a buyer, down for a seller. */
const openFor = (order: BookOrder, candle: GridCandle): number => (order.side > 0 ? candle.openUp : candle.openDown);

/**
 * What the open, whose price is known for certain, does next; false when nothing is left to do. First come, first served within a
 * kind: market orders; stops that the open has jumped over; limits that it lies beyond; and last what was not to rest at all.
 */
export function nextAtOpen(
  book: readonly BookOrder[],
  candle: GridCandle,
  rules: MatchRules,
  out: Outcome,
  scratch: TakerPrice,
): boolean {
  for (let i = 0; i < book.length; i++) {
    const order = book[i] as BookOrder;
    if (!order.dormant && isTaker(order) && fillsAtOpen(order, candle, rules, out, scratch)) return true;
  }
  for (let i = 0; i < book.length; i++) {
    const order = book[i] as BookOrder;
    if (!order.dormant && isStop(order) && stopsAtOpen(order, candle, rules, out, scratch)) return true;
  }
  for (let i = 0; i < book.length; i++) {
    const order = book[i] as BookOrder;
    if (!order.dormant && isLimit(order) && limitAtOpen(order, candle, rules, out, scratch)) return true;
  }
  for (let i = 0; i < book.length; i++) {
    const order = book[i] as BookOrder;
    if (!order.dormant && order.timeInForce !== 'gtc' && !isStop(order))
      return cancelOf(out, order, 'not filled at once');
  }
  return false;
}

function fillsAtOpen(
  order: BookOrder,
  candle: GridCandle,
  rules: MatchRules,
  out: Outcome,
  scratch: TakerPrice,
): boolean {
  // A market order that is sent while the candle is being worked through has missed this open.
  if (order.arrived !== 'between') return false;
  if (candle.depth !== undefined) return takesDepth(order, candle.depth, out, scratch);
  const lots = available(order, candle);
  if (lots <= 0) return false;
  if (order.timeInForce === 'fok' && lots < order.lots) return cancelOf(out, order, 'cannot be filled whole');
  takerPrice(scratch, openFor(order, candle), order.side, lots, candle, rules, true);
  return fillAsTaker(out, order, lots, scratch);
}

function stopsAtOpen(
  order: BookOrder,
  candle: GridCandle,
  rules: MatchRules,
  out: Outcome,
  scratch: TakerPrice,
): boolean {
  const open = openFor(order, candle);
  if (!isReached(order, open)) {
    if (order.kind === 'trailing_stop') order.trigger = trailedTo(order, open);
    return false;
  }
  if (order.kind === 'stop_limit') {
    // From here on a limit order that has just come.
    order.triggered = true;
    order.rested = false;
    return false;
  }
  if (candle.depth !== undefined) {
    order.triggered = true;
    return takesDepth(order, candle.depth, out, scratch);
  }
  return fillStop(out, order, open, candle, rules, scratch, true);
}

function limitAtOpen(
  order: BookOrder,
  candle: GridCandle,
  rules: MatchRules,
  out: Outcome,
  scratch: TakerPrice,
): boolean {
  if (!order.rested && candle.depth !== undefined) return takesDepth(order, candle.depth, out, scratch);
  const open = openFor(order, candle);
  const lots = available(order, candle);
  if (lots <= 0) return false;
  if (!order.rested) {
    takerPrice(scratch, open, order.side, lots, candle, rules, true);
    // New and already worth more than its price: it takes what is there, as a market order would, and is no maker.
    if (isWithin(order, scratch.ticks)) {
      if (order.postOnly) return cancelOf(out, order, 'post-only order would have taken');
      if (order.timeInForce === 'fok' && lots < order.lots) return cancelOf(out, order, 'cannot be filled whole');
      return fillAsTaker(out, order, lots, scratch);
    }
  }
  if (order.timeInForce === 'fok' && lots < order.lots) return false;
  return isThrough(order, open) ? fillAsMaker(out, order, lots) : false;
}
