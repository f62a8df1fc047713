import {
  add,
  compare,
  formatDecimal,
  isPositive,
  isZero,
  max,
  multiply,
  ONE,
  parseDecimal,
  subtract,
} from '../../domain/decimal.ts';
import { onlyReduces, openRiskOf, orderNotional, plannedRisk } from '../exposure.ts';
import { drawdownReached, LIMITS, sizeFractionAt } from '../limits.ts';
import type { ProposedOrder, RiskCheck, RiskView } from '../types.ts';

/**
 * The 5 % drawdown rule needs head-room. From 3 % only half the size passes, from 4 % only reducing orders, from 4.5 % no entry at
 * all (the caller flattens and halts). Below that, the worst planned outcome, every stop hit with a reserve for gaps, must stay under 5 %.
 */
export const drawdownBudget: RiskCheck = {
  name: 'drawdown-budget',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const { equity, peakEquity } = view;
    if (!isPositive(equity) || !isPositive(peakEquity)) return 'there is no equity to risk';
    if (drawdownReached(equity, peakEquity, LIMITS.refuseAllAt)) return 'drawdown is 4.5 % or more: no entries';
    const fraction = sizeFractionAt(equity, peakEquity);
    if (isZero(fraction)) return 'drawdown is 4 % or more: only orders that reduce';
    return tooLarge(order, view) ?? worstCase(order, view);
  },
};

function tooLarge(order: ProposedOrder, view: RiskView): string | undefined {
  const fraction = sizeFractionAt(view.equity, view.peakEquity);
  const share = (text: string) => multiply(multiply(view.equity, parseDecimal(text)), fraction);
  const within =
    compare(plannedRisk(order, view), share(view.envelope.riskPerTrade)) <= 0 &&
    compare(orderNotional(order, view), share(view.envelope.maxNotionalFraction)) <= 0;
  return within ? undefined : `drawdown allows ${formatDecimal(fraction)} of the usual size`;
}

function worstCase(order: ProposedOrder, view: RiskView): string | undefined {
  const atRisk = add(openRiskOf(view), plannedRisk(order, view));
  const worst = subtract(view.equity, multiply(atRisk, add(ONE, LIMITS.gapReserve)));
  return drawdownReached(worst, max(view.equity, view.peakEquity), LIMITS.maxDrawdown)
    ? `at worst equity would fall to ${formatDecimal(worst)}, a drawdown of 5 % or more`
    : undefined;
}
