import { add, type Decimal, divide, isZero, min, multiply, quantizeFloat, subtract, ZERO } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Side } from '../domain/order.ts';
import type { LiveBook } from '../ports/live-market.ts';

export type BookCost = {
  /** Average over the levels taken; undefined when the book that is known does not hold enough. */
  readonly price: Decimal | undefined;
  readonly levels: number;
  readonly left: Decimal;
};

/** Decimals of an average, beyond those of the tick. */
const MORE_DECIMALS = 4;

/** What a market order for `quantity` would pay or get, level by level from the best on. Less than a lot at a level cannot be taken. */
export function bookCost(book: LiveBook, side: Side, quantity: Decimal, instrument: Instrument): BookCost {
  let left = quantity;
  let paid = ZERO;
  let levels = 0;
  for (const level of side === 'buy' ? book.asks : book.bids) {
    if (isZero(left)) break;
    const there = quantizeFloat(level.quantity, instrument.lotSize, 'floor');
    if (isZero(there)) continue;
    const taken = min(left, there);
    paid = add(paid, multiply(quantizeFloat(level.price, instrument.tickSize, 'half-up'), taken));
    left = subtract(left, taken);
    levels += 1;
  }
  const scale = instrument.tickSize.scale + MORE_DECIMALS;
  return { price: isZero(left) && levels > 0 ? divide(paid, quantity, scale, 'half-up') : undefined, levels, left };
}
