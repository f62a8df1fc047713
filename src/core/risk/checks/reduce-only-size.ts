import { compare, formatDecimal } from '../../domain/decimal.ts';
import type { RiskCheck } from '../types.ts';

/** Reduce only means it: a sale of at most what is held; and every order that is not an entry must say so. */
export const reduceOnlySize: RiskCheck = {
  name: 'reduce-only-size',
  refuse(order, { heldQuantity }) {
    const isEntry = order.purpose === 'entry';
    if (isEntry === order.reduceOnly)
      return isEntry ? 'an entry cannot be reduce-only' : `an order of purpose ${order.purpose} must be reduce-only`;
    if (isEntry) return undefined;
    if (order.side !== 'sell') return 'there is no short position to reduce';
    return compare(order.quantity, heldQuantity) <= 0
      ? undefined
      : `it would sell ${formatDecimal(order.quantity)} of ${formatDecimal(heldQuantity)} held`;
  },
};
