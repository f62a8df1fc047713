import { compare, formatDecimal, multiply } from '../../domain/decimal.ts';
import { onlyReduces, orderNotional } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** Notional of one order. */
export const orderSize: RiskCheck = {
  name: 'order-size',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const total = orderNotional(order, view);
    const allowed = multiply(view.equity, view.limits.maxOrderFraction);
    return compare(total, allowed) <= 0
      ? undefined
      : `the order's notional ${formatDecimal(total)} exceeds the allowed ${formatDecimal(allowed)}`;
  },
};
