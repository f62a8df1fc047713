import {
  compare,
  type Decimal,
  divide,
  formatDecimal,
  isZero,
  min,
  multiply,
  parseDecimal,
} from '../domain/decimal.ts';
import type { Opportunity } from './detect.ts';
import type { Inventory } from './inventory.ts';
import { inputOf, type LegPrices, legsOf, profitOf } from './legs.ts';
import { routeLot } from './size.ts';
import { inSteps } from './steps.ts';

/** Whether an opportunity may become orders. Anything but `funded` is only written down. */
export type Funding =
  | { readonly kind: 'funded'; readonly opportunity: Opportunity }
  | { readonly kind: 'detect-only'; readonly reason: string };

/** Fees and converted amounts are rounded up, so that a part may need a little more than its share of the whole. */
const NEARLY_ALL = parseDecimal('0.999');

/** Decimals of a share before a quantity is rounded down by it. */
const SCALE = 18;

/**
 * The part of an opportunity for which every leg already has what it gives away on its own venue. Nothing is moved, lent or bought first:
 * when a leg has nothing, the trade does not take place, on no leg.
 */
export function fundingOf(opportunity: Opportunity, inventory: Inventory): Funding {
  const { route, legs } = opportunity;
  const lot = routeLot(route);
  let quantity: Decimal = opportunity.quantity;
  for (const leg of legs) {
    const { venue, asset, amount } = inputOf(leg);
    const held = inventory.balance(venue, asset);
    if (compare(held, amount) >= 0) continue;
    const part = divide(multiply(multiply(opportunity.quantity, held), NEARLY_ALL), amount, SCALE, 'down');
    quantity = min(quantity, inSteps(part, lot, 'down'));
    if (isZero(quantity))
      return {
        kind: 'detect-only',
        reason: `${venue} holds ${formatDecimal(held)} ${asset}; the ${leg.name} leg gives away ${formatDecimal(amount)}`,
      };
  }
  if (compare(quantity, opportunity.quantity) === 0) return { kind: 'funded', opportunity };
  const smaller = legsOf(route, quantity, limitsOf(opportunity));
  const short = smaller
    .map(inputOf)
    .find(({ venue, asset, amount }) => compare(inventory.balance(venue, asset), amount) < 0);
  if (short !== undefined)
    return {
      kind: 'detect-only',
      reason: `${short.venue} holds too little ${short.asset} for a trade so small`,
    };
  return { kind: 'funded', opportunity: { ...opportunity, quantity, legs: smaller, profit: profitOf(route, smaller) } };
}

function limitsOf({ legs }: Opportunity): LegPrices {
  const limit = (name: 'buy' | 'sell' | 'convert'): Decimal | undefined => legs.find((leg) => leg.name === name)?.limit;
  const [buy, sell, convert] = [limit('buy'), limit('sell'), limit('convert')];
  if (buy === undefined || sell === undefined) throw new Error('a trade without both of its legs');
  return { buy, sell, ...(convert === undefined ? {} : { convert }) };
}
