import {
  add,
  compare,
  type Decimal,
  divide,
  equals,
  isNegative,
  isPositive,
  isZero,
  multiply,
  negate,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import { addMoney, money, type Price, quantity } from '../domain/money.ts';
import type { Fill, Position } from '../domain/order.ts';

/** Above zero long, below zero short. */
export const signedQuantity = ({ direction, quantity: held }: Position): Decimal =>
  direction === 'short' ? negate(held) : held;

/**
 * The position after a fill of an account that may borrow. The cost of a short position is below zero: what its sales brought in. So value
 * minus cost is its open result, as of a long one. What a fill closes removes cost x closed / held, rounded up, which is the smaller
 * realised profit on both sides; closing everything removes exactly the rest. A fill larger than the opposite position is two: the part
 * that closes it, and the part that opens the other direction at the fill's own price.
 *
 * Fees in base are not known here: what is borrowed cannot pay them.
 */
export function marginPositionAfter(position: Position, fill: Fill): Position {
  const { cost, realisedPnl } = position;
  const before = signedQuantity(position);
  const change = fill.side === 'buy' ? fill.quantity : negate(fill.quantity);
  const closed = closedBy(before, change);
  const opened = subtract(change, closed);
  const removed = isZero(closed) ? ZERO : costRemoved(cost.amount, closed, before);
  const gained = isZero(closed) ? ZERO : subtract(negate(multiply(fill.price, closed)), removed);
  const after = add(before, change);
  return {
    ...position,
    direction: isZero(after) ? 'flat' : isNegative(after) ? 'short' : 'long',
    quantity: quantity(isNegative(after) ? negate(after) : after),
    cost: money(add(subtract(cost.amount, removed), multiply(fill.price, opened)), cost.asset),
    realisedPnl: money(add(realisedPnl.amount, gained), cost.asset),
    fees: fill.fee.asset === cost.asset ? addMoney(position.fees, fill.fee) : position.fees,
  };
}

/** What of a change works against the position: the whole change, or all of the position; zero when it adds to it. Signed as the change. */
function closedBy(before: Decimal, change: Decimal): Decimal {
  if (isZero(before) || isPositive(before) === isPositive(change)) return ZERO;
  const all = negate(before);
  const isWithin = isPositive(change) ? compare(change, all) <= 0 : compare(change, all) >= 0;
  return isWithin ? change : all;
}

/** `ceil` takes more cost from a long position and less proceeds from a short one. */
function costRemoved(cost: Decimal, closed: Decimal, before: Decimal): Decimal {
  const share = negate(closed);
  return equals(share, before) ? cost : divide(multiply(cost, share), before, cost.scale, 'ceil');
}

/** Value at `at`: what a short position would cost to buy back is below zero. */
export const signedValue = (position: Position, at: Price): Decimal => multiply(at, signedQuantity(position));
