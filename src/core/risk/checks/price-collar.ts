import { absolute, compare, type Decimal, formatDecimal, min, multiply, subtract } from '../../domain/decimal.ts';
import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/**
 * A price of new risk far from the market is a mistake, and a market order has no price at all: at a live venue it goes as a limit at the
 * collar that lives only for a moment (see `collared`). Protective prices lie far away on purpose.
 */
export const priceCollar: RiskCheck = {
  name: 'price-collar',
  refuse(order, { referencePrice, limits, venue }) {
    if (onlyReduces(order)) return undefined;
    if (order.type === 'market' && venue !== 'simulated')
      return 'a market order may not reach a live venue without the price of its collar';
    const collar = min(limits.priceCollar, limits.hardCollar);
    const prices: readonly (Decimal | undefined)[] = [order.price, order.limitPrice];
    for (const price of prices) {
      if (price === undefined) continue;
      const away = absolute(subtract(price, referencePrice));
      if (compare(away, multiply(referencePrice, collar)) > 0)
        return `price ${formatDecimal(price)} is more than ${formatDecimal(collar)} of ${formatDecimal(referencePrice)} away from it`;
    }
    return undefined;
  },
};
