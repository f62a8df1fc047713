import { add, compare, type Decimal, formatDecimal, multiply } from '../domain/decimal.ts';
import type { Claim } from './claim.ts';
import type { RiskLimits } from './risk-limits.ts';

/** What is reserved on an account: by orders that may still fill, and by positions until they are sold. */
export type PortfolioUse = {
  /** Lost at worst when everything stops out, gaps included. A plain sum: nothing is assumed about what moves together. */
  readonly risk: Decimal;
  readonly notional: Decimal;
  /** The part of it in the instrument that was asked about. */
  readonly ofInstrument: Decimal;
  /** Cash that open entries may still take. */
  readonly cash: Decimal;
  /** Positions, and entries that may become one; one for each agent and instrument. */
  readonly positions: number;
};

/** The account as the room on it is measured. */
export type PortfolioAccount = { readonly equity: Decimal; readonly cash: Decimal };

/**
 * Why a claim does not fit beside what is reserved already; undefined when it does. `isNew` is false for more of a position that its agent
 * has. Exactly the limit fits.
 */
export function noRoomFor(
  claim: Pick<Claim, 'notional' | 'loss' | 'gap' | 'cash'>,
  isNew: boolean,
  use: PortfolioUse,
  { equity, cash }: PortfolioAccount,
  limits: RiskLimits,
): string | undefined {
  const sums: readonly (readonly [string, Decimal, Decimal])[] = [
    ['open risk', add(use.risk, add(claim.loss, claim.gap)), multiply(equity, limits.maxOpenRisk)],
    ['notional', add(use.notional, claim.notional), multiply(equity, limits.maxGrossFraction)],
    ['notional in this instrument', add(use.ofInstrument, claim.notional), multiply(equity, limits.maxSymbolFraction)],
    ['cash', add(use.cash, claim.cash), cash],
  ];
  for (const [what, total, allowed] of sums)
    if (compare(total, allowed) > 0)
      return `the ${what} of all agents together would be ${formatDecimal(total)}, and ${formatDecimal(allowed)} is allowed`;
  return isNew && use.positions >= limits.maxPositions
    ? `${use.positions} of ${limits.maxPositions} positions are open on the account`
    : undefined;
}
