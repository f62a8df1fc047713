import { compare, formatDecimal } from '../../domain/decimal.ts';
import { onlyReduces } from '../exposure.ts';
import { worstEntryPrice } from '../limits.ts';
import type { RiskCheck } from '../types.ts';

/**
 * An order that could trade with one of our own makes fees and a false picture of the market, and venues forbid it. Only resting limits and
 * targets count: a stop of ours lies on the other side of the market.
 */
export const selfCross: RiskCheck = {
  name: 'self-cross',
  refuse(order, { ownOrders, referencePrice, instrument, limits }) {
    if (onlyReduces(order)) return undefined;
    const worst = order.limitPrice ?? worstEntryPrice(order.type, order.price, referencePrice, instrument, limits);
    const met = ownOrders.find(
      ({ side, type, price }) =>
        side !== order.side &&
        (type === 'limit' || type === 'take_profit') &&
        price !== undefined &&
        (order.side === 'buy' ? compare(worst, price) >= 0 : compare(order.price ?? referencePrice, price) <= 0),
    );
    return met?.price === undefined
      ? undefined
      : `it could trade with our own ${met.side} at ${formatDecimal(met.price)}`;
  },
};
