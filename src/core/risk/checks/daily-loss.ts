import { compare, formatDecimal, isPositive, multiply, subtract } from '../../domain/decimal.ts';
import { onlyReduces } from '../exposure.ts';
import type { RiskCheck } from '../types.ts';

/** After losing the day's fraction of the account, whoever lost it, only ways out pass until the next UTC day. */
export const dailyLoss: RiskCheck = {
  name: 'daily-loss',
  refuse(order, { equity, dayStartEquity, limits }) {
    if (onlyReduces(order)) return undefined;
    const lost = subtract(dayStartEquity, equity);
    return isPositive(lost) && compare(lost, multiply(dayStartEquity, limits.dayLoss)) >= 0
      ? `the account has lost ${formatDecimal(lost)} since the day began, ${formatDecimal(limits.dayLoss)} of it or more`
      : undefined;
  },
};
