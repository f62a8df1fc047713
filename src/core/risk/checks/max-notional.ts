import { add, compare, formatDecimal, multiply, parseDecimal } from '../../domain/decimal.ts';
import { onlyReduces, orderNotional } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** Exposure of this agent, its open entries and this order together, within its envelope's fraction of equity. */
export const maxNotional: RiskCheck = {
  name: 'max-notional',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const total = add(view.agentExposure ?? view.grossExposure, orderNotional(order, view));
    const allowed = multiply(view.equity, parseDecimal(view.envelope.maxNotionalFraction));
    return compare(total, allowed) <= 0
      ? undefined
      : `exposure ${formatDecimal(total)} would exceed the allowed ${formatDecimal(allowed)}`;
  },
};
