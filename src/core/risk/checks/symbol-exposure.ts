import { add, compare, formatDecimal, multiply } from '../../domain/decimal.ts';
import { onlyReduces, orderNotional } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** Everything in one instrument, open entries and this order together. */
export const symbolExposure: RiskCheck = {
  name: 'symbol-exposure',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const total = add(view.symbolExposure, orderNotional(order, view));
    const allowed = multiply(view.equity, view.limits.maxSymbolFraction);
    return compare(total, allowed) <= 0
      ? undefined
      : `exposure in this instrument of ${formatDecimal(total)} exceeds the allowed ${formatDecimal(allowed)}`;
  },
};
