import { compare, formatDecimal, multiply, parseDecimal } from '../../domain/decimal.ts';
import { onlyReduces, plannedRisk } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** Planned loss from entry to stop, both fees included, within the envelope's fraction of equity. */
export const riskPerTrade: RiskCheck = {
  name: 'risk-per-trade',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const risk = plannedRisk(order, view);
    const allowed = multiply(view.equity, parseDecimal(view.envelope.riskPerTrade));
    return compare(risk, allowed) <= 0
      ? undefined
      : `planned loss ${formatDecimal(risk)} exceeds the allowed ${formatDecimal(allowed)}`;
  },
};
