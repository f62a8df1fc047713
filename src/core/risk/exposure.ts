import {
  add,
  compare,
  type Decimal,
  formatDecimal,
  isPositive,
  max,
  min,
  multiply,
  parseDecimal,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import { notional, type Price } from '../domain/money.ts';
import { exactBps, gapReserveOf, worstEntryPrice } from './limits.ts';
import type { ProposedOrder, RiskView } from './types.ts';

/**
 * True for an order that can only make a long position smaller: a reduce-only sale that is not an entry. Everything else counts
 * as new risk whatever it calls itself, so that a mislabelled order gains nothing.
 */
export const onlyReduces = ({ reduceOnly, purpose, side }: ProposedOrder): boolean =>
  reduceOnly && purpose !== 'entry' && side === 'sell';

/** Price at which an entry is expected: its own, or the newest price for a market order. */
export const expectedPrice = (order: ProposedOrder, view: RiskView): Price => order.price ?? view.referencePrice;

/** Notional of an order at its expected price. */
export const orderNotional = (order: ProposedOrder, view: RiskView): Decimal =>
  notional(expectedPrice(order, view), order.quantity);

/** Cash that an entry may take at worst, fee included. */
export function worstCost(order: ProposedOrder, view: RiskView): Decimal {
  const at = worstEntryPrice(order.type, order.price, view.referencePrice, view.instrument, view.limits);
  const value = notional(at, order.quantity);
  // The venue rounds the fee up: at most one unit of the quote asset more than the exact fee.
  return add(add(value, exactBps(value, view.feeBps)), { units: 1n, scale: view.instrument.quoteScale });
}

/**
 * Planned loss from entry to stop with both fees, in quote. Without a stop below the entry the whole notional is at risk.
 */
export function plannedRisk(order: ProposedOrder, view: RiskView): Decimal {
  const entry = expectedPrice(order, view);
  const stop: Decimal =
    order.stop !== undefined && isPositive(order.stop) && compare(order.stop, entry) < 0 ? order.stop : ZERO;
  const distance = multiply(subtract(entry, stop), order.quantity);
  const fees = exactBps(multiply(add(entry, stop), order.quantity), view.feeBps);
  return add(distance, fees);
}

/**
 * The most that what is open is planned to lose: every stop hit and the stated gap beyond it. Never more than all of it, and all of it when
 * nobody knows where the stops lie.
 */
export const openRiskOf = ({ openRisk, grossExposure, limits }: RiskView): Decimal =>
  openRisk === undefined
    ? grossExposure
    : min(max(openRisk, grossExposure), add(openRisk, multiply(grossExposure, limits.gapFraction)));

/** What the order may lose beyond its stop; see `gapReserveOf`. */
export const gapReserve = (order: ProposedOrder, view: RiskView): Decimal =>
  multiply(gapReserveOf(expectedPrice(order, view), view.atr, view.limits), order.quantity);

/** A target has to be worth at least this many round trips of fees; below it the venue earns more than the trade. */
const LEAST_MULTIPLE = parseDecimal('2');

/** Why a target is not worth its fees, or undefined. Shared by sizing and gate. The spread is left to the sizing of the stop. */
export function rewardProblem(entry: Price, target: Price, feeBps: Decimal): string | undefined {
  const reward = subtract(target, entry);
  const costs = exactBps(add(entry, target), feeBps);
  if (compare(reward, multiply(costs, LEAST_MULTIPLE)) >= 0) return undefined;
  return `the target is ${formatDecimal(reward)} away, and a round trip costs ${formatDecimal(costs)} in fees alone`;
}
