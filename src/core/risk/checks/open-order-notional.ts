import { add, compare, formatDecimal, multiply } from '../../domain/decimal.ts';
import { onlyReduces, orderNotional } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** What rests may all fill at once: few large entries are as dangerous as many small ones. */
export const openOrderNotional: RiskCheck = {
  name: 'open-order-notional',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const total = add(view.openOrderNotional, orderNotional(order, view));
    const allowed = multiply(view.equity, view.limits.maxOpenOrderFraction);
    return compare(total, allowed) <= 0
      ? undefined
      : `open entries of ${formatDecimal(total)} exceed the allowed ${formatDecimal(allowed)}`;
  },
};
