import {
  add,
  compare,
  formatDecimal,
  isPositive,
  isZero,
  max,
  multiply,
  parseDecimal,
  subtract,
} from '../../domain/decimal.ts';
import { gapReserve, onlyReduces, openRiskOf, orderNotional, plannedRisk } from '../exposure.ts';
import { drawdownReached, sizeFractionAt } from '../limits.ts';
import type { ProposedOrder, RiskCheck, RiskView } from '../types.ts';

/**
 * The 5 % drawdown rule needs head-room. From 3 % only half the size passes, from 4 % only reducing orders, from 4.5 % no entry at all (the
 * breaker flattens and halts). Below that the worst planned outcome must stay under 5 %: every stop hit, and the price jumping past it by
 * the stated gap.
 */
export const drawdownBudget: RiskCheck = {
  name: 'drawdown-budget',
  refuse(order, view) {
    if (onlyReduces(order)) return undefined;
    const { equity, peakEquity, limits } = view;
    if (!isPositive(equity) || !isPositive(peakEquity)) return 'there is no equity to risk';
    if (drawdownReached(equity, peakEquity, limits.haltAt))
      return `drawdown is ${formatDecimal(limits.haltAt)} or more: no entries`;
    if (isZero(sizeFractionAt(equity, peakEquity, limits)))
      return `drawdown is ${formatDecimal(limits.reduceOnlyAt)} or more: only orders that reduce`;
    return tooLarge(order, view) ?? worstCase(order, view);
  },
};

function tooLarge(order: ProposedOrder, view: RiskView): string | undefined {
  const fraction = sizeFractionAt(view.equity, view.peakEquity, view.limits);
  const share = (text: string) => multiply(multiply(view.equity, parseDecimal(text)), fraction);
  const within =
    compare(plannedRisk(order, view), share(view.envelope.riskPerTrade)) <= 0 &&
    compare(orderNotional(order, view), share(view.envelope.maxNotionalFraction)) <= 0;
  return within ? undefined : `drawdown allows ${formatDecimal(fraction)} of the usual size`;
}

function worstCase(order: ProposedOrder, view: RiskView): string | undefined {
  const atRisk = add(add(openRiskOf(view), plannedRisk(order, view)), gapReserve(order, view));
  const worst = subtract(view.equity, atRisk);
  return drawdownReached(worst, max(view.equity, view.peakEquity), view.limits.maxDrawdown)
    ? `at worst equity would fall to ${formatDecimal(worst)}, a drawdown of ${formatDecimal(view.limits.maxDrawdown)} or more`
    : undefined;
}
