import {
  available,
  fillAsMaker,
  fillAsTaker,
  fillStop,
  isLimit,
  isReached,
  isStop,
  isThrough,
  isWithin,
} from './decide.ts';
import { type TakerPrice, takerPrice } from './taker-price.ts';
import { trailedTo } from './trailing.ts';
import type { BookOrder, GridCandle, MatchRules, Outcome } from './types.ts';

/** The price of the candle that hurts the owner of a stop most, and the one that a limit waits for. */
const worstFor = (order: BookOrder, candle: GridCandle): number => (order.side > 0 ? candle.highUp : candle.lowDown);
const bestFor = (order: BookOrder, candle: GridCandle): number => (order.side > 0 ? candle.lowUp : candle.highDown);

/**
 * What happens next inside the candle, where the order of high and low is unknown: every stop that is touched, before any limit or
 * target that is traded through, before a trailing stop that the candle has dragged along and closed behind. False when nothing is left.
 */
export function nextInside(
  book: readonly BookOrder[],
  candle: GridCandle,
  rules: MatchRules,
  out: Outcome,
  scratch: TakerPrice,
): boolean {
  for (let i = 0; i < book.length; i++) {
    const order = book[i] as BookOrder;
    if (!order.dormant && isStop(order) && touched(order, candle, rules, out, scratch)) return true;
  }
  for (let i = 0; i < book.length; i++) {
    const order = book[i] as BookOrder;
    // A limit that arrived inside may have missed the price that would fill it; a stop is given no such doubt.
    if (order.dormant || !isLimit(order) || order.arrived === 'inside') continue;
    const lots = available(order, candle);
    if (lots > 0 && isThrough(order, bestFor(order, candle))) return fillAsMaker(out, order, lots);
  }
  for (let i = 0; i < book.length; i++) {
    const order = book[i] as BookOrder;
    if (!order.dormant && isStop(order) && closedBehind(order, candle, rules, out, scratch)) return true;
  }
  return false;
}

/** A touched stop fills at its trigger: the print that touched it is taken to be on our side of the spread, so only impact is added. */
function touched(order: BookOrder, candle: GridCandle, rules: MatchRules, out: Outcome, scratch: TakerPrice): boolean {
  if (!isReached(order, worstFor(order, candle))) return false;
  if (order.kind !== 'stop_limit') return fillStop(out, order, order.trigger, candle, rules, scratch, false);
  order.triggered = true;
  order.rested = false;
  // What the candle did after the touch is unknown: unless the trigger itself is within the limit, the order waits for the next open.
  order.arrived = 'inside';
  const lots = available(order, candle);
  if (lots <= 0) return false;
  takerPrice(scratch, order.trigger, order.side, lots, candle, rules, false);
  return isWithin(order, scratch.ticks) ? fillAsTaker(out, order, lots, scratch) : false;
}

/**
 * The candle dragged a trailing stop along and closed beyond it: it was surely reached after the best price. Filled at the close, which is
 * worse than the trigger: nobody saw at which price the stop would have stood when it was met.
 */
function closedBehind(
  order: BookOrder,
  candle: GridCandle,
  rules: MatchRules,
  out: Outcome,
  scratch: TakerPrice,
): boolean {
  if (order.kind !== 'trailing_stop' || order.arrived === 'inside') return false;
  const close = order.side > 0 ? candle.closeUp : candle.closeDown;
  const level = trailedTo(order, bestFor(order, candle));
  if (order.side > 0 ? close < level : close > level) return false;
  order.trigger = level;
  return fillStop(out, order, close, candle, rules, scratch, true);
}
