import { add, compare, formatDecimal, multiply } from '../../domain/decimal.ts';
import { onlyReduces, orderNotional } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** Everything that the account holds and may still buy, this order included. */
export const grossExposure: RiskCheck = {
  name: 'gross-exposure',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const total = add(view.grossExposure, orderNotional(order, view));
    const allowed = multiply(view.equity, view.limits.maxGrossFraction);
    return compare(total, allowed) <= 0
      ? undefined
      : `total exposure of ${formatDecimal(total)} exceeds the allowed ${formatDecimal(allowed)}`;
  },
};
