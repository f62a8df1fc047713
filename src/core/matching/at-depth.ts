import { cancelOf, fillAsTaker, isLimit, isWithin } from './decide.ts';
import type { TakerPrice } from './taker-price.ts';
import type { BookOrder, Depth, Outcome } from './types.ts';
import { walkBook } from './walk-book.ts';

/**
 * Fills the order from the best level that is left, one level at a time; false when there is none at a price that it accepts. What a book
 * does not hold is not there: a market order's rest waits for the next open, unless it is immediate; a limit order's rest waits at its
 * price. The price of a level is what is paid: neither the modelled spread nor the modelled impact is added.
 */
export function takesDepth(order: BookOrder, depth: Depth, out: Outcome, scratch: TakerPrice): boolean {
  const side = order.side > 0 ? depth.asks : depth.bids;
  const { fills, left } = walkBook(
    side.levels,
    order.lots,
    isLimit(order) ? (ticks) => isWithin(order, ticks) : undefined,
  );
  const [first] = fills;
  if (first === undefined) return false;
  if (order.postOnly) return cancelOf(out, order, 'post-only order would have taken');
  if (order.timeInForce === 'fok' && left > 0) return cancelOf(out, order, 'cannot be filled whole');
  scratch.ticks = first.ticks;
  scratch.spreadTicks = depth.halfSpreadTicks;
  scratch.impactTicks = Math.abs(first.ticks - side.best);
  return fillAsTaker(out, order, first.lots, scratch);
}
