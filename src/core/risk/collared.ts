import { add, min, multiply, ONE, quantize, subtract } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Price, price } from '../domain/money.ts';
import { onlyReduces } from './exposure.ts';
import type { RiskLimits } from './risk-limits.ts';
import type { ProposedOrder } from './types.ts';

/**
 * A market order as it may reach a live venue: a limit at the collar that takes what is there now and rests not a moment. What reduces gets
 * the hard collar, because getting out matters more than the last percent. Any other order comes back as it is. Prices are rounded to the
 * tick towards the market, so that rounding never widens the collar.
 */
export function collared(
  order: ProposedOrder,
  referencePrice: Price,
  { tickSize }: Instrument,
  limits: RiskLimits,
): ProposedOrder {
  if (order.type !== 'market') return order;
  const collar = onlyReduces(order) ? limits.hardCollar : min(limits.priceCollar, limits.hardCollar);
  const bound =
    order.side === 'buy'
      ? quantize(multiply(referencePrice, add(ONE, collar)), tickSize, 'floor')
      : quantize(multiply(referencePrice, subtract(ONE, collar)), tickSize, 'ceil');
  return { ...order, type: 'limit', price: price(bound), timeInForce: 'ioc' };
}
