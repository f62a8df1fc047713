import { compare, formatDecimal } from '../../domain/decimal.ts';
import { onlyReduces, worstCost } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** Cash covers the notional at the worst assumed price, and the fee. */
export const buyingPower: RiskCheck = {
  name: 'buying-power',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const cost = worstCost(order, view);
    return compare(cost, view.cash) <= 0
      ? undefined
      : `it may cost ${formatDecimal(cost)}, more than the cash ${formatDecimal(view.cash)}`;
  },
};
