import { absolute, compare, formatDecimal, multiply, subtract } from '../../domain/decimal.ts';
import { onlyReduces } from '../exposure.ts';
import { LIMITS } from '../limits.ts';
import type { RiskCheck } from '../types.ts';

/** A price of new risk far from the market is a mistake. Protective prices lie far away on purpose. */
export const priceCollar: RiskCheck = {
  name: 'price-collar',
  refuse(order, { referencePrice }) {
    if (onlyReduces(order) || order.price === undefined) return undefined;
    const away = absolute(subtract(order.price, referencePrice));
    return compare(away, multiply(referencePrice, LIMITS.priceCollar)) <= 0
      ? undefined
      : `price ${formatDecimal(order.price)} is more than ${formatDecimal(LIMITS.priceCollar)} of ${formatDecimal(referencePrice)} away from it`;
  },
};
