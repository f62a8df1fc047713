import { compare, formatDecimal, min, multiply } from '../../domain/decimal.ts';
import { expectedPrice, onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/**
 * An entry must be large enough for the venue, and so must its stop: measured at the lower of the two prices, because a stop that
 * the venue refuses as too small leaves the position bare.
 */
export const minNotional: RiskCheck = {
  name: 'min-notional',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const entry = expectedPrice(order, view);
    const lowest = order.stop === undefined ? entry : min(entry, order.stop);
    const value = multiply(lowest, order.quantity);
    return compare(value, view.instrument.minNotional) >= 0
      ? undefined
      : `notional ${formatDecimal(value)} at ${lowest === order.stop ? 'its stop' : 'its price'} is below the venue's minimum ${formatDecimal(view.instrument.minNotional)}`;
  },
};
