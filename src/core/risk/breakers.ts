import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  max,
  min,
  multiply,
  parseDecimal,
  subtract,
} from '../domain/decimal.ts';
import { drawdownReached } from './limits.ts';
import type { RiskLimits } from './risk-limits.ts';

/** An account as the breakers see it: own fills at the newest mark, and nothing else. */
export type WatchedAccount = {
  readonly equity: Decimal;
  readonly peakEquity: Decimal;
  /** Notional of everything that is held. */
  readonly grossExposure: Decimal;
  /** What the stops let it lose from here, fees included. */
  readonly openRisk: Decimal;
  /** What it may lose beyond its stops; see `gapReserveOf`. */
  readonly gapReserve: Decimal;
  /** Why the mark says nothing (stale, crossed, impossible), or null. A mark that says nothing trips nothing. */
  readonly markFault: string | null;
};

/**
 * `halt`: cancel, flatten and latch, until somebody resumes. `flatten`: what is held could fall through the 5 % from here, so it is closed
 * while there is room; trading goes on.
 */
export type Breach = { readonly kind: 'halt' | 'flatten'; readonly reason: string };

/** Whether an account has to be stopped, and why in words. Judges equity alone: a price that moves while nothing is held trips nothing. */
export function breachOf(account: WatchedAccount, limits: RiskLimits): Breach | undefined {
  const { equity, peakEquity, grossExposure, openRisk, gapReserve, markFault } = account;
  if (markFault !== null) return undefined;
  if (drawdownReached(equity, peakEquity, limits.haltAt))
    return {
      kind: 'halt',
      reason: `drawdown ${percentOf(equity, peakEquity)} from ${formatDecimal(peakEquity)} to ${formatDecimal(equity)} has reached ${percentText(limits.haltAt)}`,
    };
  // Not more can be lost than there is.
  const worst = subtract(equity, min(grossExposure, add(openRisk, gapReserve)));
  if (grossExposure.units !== 0n && drawdownReached(worst, max(equity, peakEquity), limits.maxDrawdown))
    return {
      kind: 'flatten',
      reason: `at worst what is held would take the drawdown to ${percentOf(worst, peakEquity)}, and ${percentText(limits.maxDrawdown)} is too much`,
    };
  return undefined;
}

const HUNDRED = parseDecimal('100');

const percentText = (fraction: Decimal): string => `${formatDecimal(multiply(fraction, HUNDRED))} %`;

const percentOf = (equity: Decimal, peakEquity: Decimal): string => {
  const peak = max(equity, peakEquity);
  return `${formatDecimal(divide(multiply(subtract(peak, equity), HUNDRED), peak, 2, 'half-up'))} %`;
};
