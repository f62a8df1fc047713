import {
  compare,
  type Decimal,
  formatDecimal,
  isPositive,
  multiply,
  parseDecimal,
  subtract,
} from '../../domain/decimal.ts';
import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** After losing the envelope's fraction, since the day or since the agent began, the agent may only get out. */
export const agentDayLoss: RiskCheck = {
  name: 'agent-day-loss',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const limit = parseDecimal(view.envelope.dayLoss);
    const spent = (start: Decimal): boolean => {
      const lost = subtract(start, view.equity);
      return isPositive(lost) && compare(lost, multiply(start, limit)) >= 0;
    };
    if (spent(view.dayStartEquity)) return `the day has lost ${formatDecimal(limit)} of its equity or more`;
    return spent(view.agentStartEquity)
      ? `the agent has lost ${formatDecimal(limit)} of its equity or more`
      : undefined;
  },
};
