import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  isPositive,
  min,
  multiply,
  negate,
  parseDecimal,
  quantizeFloat,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Rng } from '../kernel/rng.ts';
import type { Inventory, InventoryEntry } from './inventory.ts';
import type { LegOutcome } from './leg-failure-plan.ts';
import { costOf, feeOf } from './legs.ts';
import { isQuote } from './quotes.ts';
import { facing } from './size.ts';
import { inSteps } from './steps.ts';
import type { ArbitrageMarket, Level, Seen } from './types.ts';

/** An order that takes what is there and leaves nothing behind. Without a limit it takes any price. */
export type LegOrder = {
  readonly market: ArbitrageMarket;
  readonly side: 'buy' | 'sell';
  readonly quantity: Decimal;
  readonly limit?: Decimal;
};

export type LegFill = { readonly market: ArbitrageMarket; readonly side: 'buy' | 'sell' } & Level & {
    readonly fee: Decimal;
  };

/** What became of an order. Nobody may act on it before `knownAt`. */
export type LegReport = {
  readonly order: LegOrder;
  readonly outcome: Exclude<LegOutcome, 'late'>;
  readonly fills: readonly LegFill[];
  readonly filled: Decimal;
  readonly knownAt: UnixMs;
  /** The answer came later than the order took to get there: at first nobody knew. */
  readonly late: boolean;
};

/** How often an order fails for reasons that no candle shows, each 0..1. */
export type LegRates = { readonly rejected: number; readonly partial: number; readonly late: number };

export type LegVenueTerms = {
  /** From the decision until the order is at the venue. */
  readonly latencyMs: number;
  /** From there until a late answer comes. */
  readonly lateMs: number;
  readonly rates: LegRates;
};

export type LegVenue = { send(order: LegOrder, now: UnixMs): LegReport };

/** Of a late order, how many turn out to have filled. */
const LATE_FILLS = 0.5;

/**
 * Venues that fill orders from what a later moment offered: latency after the decision, up to the order's limit, as much as stood there and
 * as the account can pay. An order fails at the stated rates besides.
 */
export function createLegVenue(
  look: (market: ArbitrageMarket, at: UnixMs) => Seen,
  inventory: Inventory,
  { latencyMs, lateMs, rates }: LegVenueTerms,
  rng: Rng,
): LegVenue {
  return {
    send(order, now) {
      const at = (now + latencyMs) as UnixMs;
      // Drawn whatever happens, so that a price does not decide what chance says next.
      const [luck, share] = [rng.next(), rng.next()];
      const late = luck >= rates.rejected + rates.partial && luck < rates.rejected + rates.partial + rates.late;
      const refused = luck < rates.rejected || (late && share >= LATE_FILLS);
      const part = !refused && luck < rates.rejected + rates.partial;
      const allowed = part ? shareOf(order, share) : order.quantity;
      const fills = refused ? [] : fillsOf({ ...order, quantity: allowed }, look(order.market, at), inventory);
      inventory.post(fills.flatMap((fill) => entriesOf(fill, at)));
      let filled: Decimal = ZERO;
      for (const { size } of fills) filled = add(filled, size);
      const outcome =
        compare(filled, ZERO) === 0 ? 'rejected' : compare(filled, order.quantity) === 0 ? 'filled' : 'partial';
      return { order, outcome, fills, filled, knownAt: (late ? at + lateMs : at) as UnixMs, late };
    },
  };
}

const SHARE_STEP = parseDecimal('0.01');
const shareOf = ({ quantity, market }: LegOrder, share: number): Decimal =>
  inSteps(multiply(quantity, quantizeFloat(share, SHARE_STEP, 'down')), market.lot, 'down');

function fillsOf({ market, side, quantity, limit }: LegOrder, seen: Seen, inventory: Inventory): readonly LegFill[] {
  if (!isQuote(seen)) return [];
  const fills: LegFill[] = [];
  let left = min(quantity, side === 'sell' ? inventory.balance(market.venue, market.base) : quantity);
  let money = inventory.balance(market.venue, market.quote);
  for (const { price, size } of facing(seen, side)) {
    if (limit !== undefined && (side === 'buy' ? compare(price, limit) > 0 : compare(price, limit) < 0)) break;
    const wanted = min(left, size);
    const taken = inSteps(side === 'buy' ? min(wanted, affordable(market, price, money)) : wanted, market.lot, 'down');
    if (!isPositive(taken)) break;
    fills.push({ market, side, price, size: taken, fee: feeOf(market, side, taken, price) });
    left = subtract(left, taken);
    if (side === 'buy') money = subtract(money, costOf(market, taken, price));
  }
  return fills;
}

/** Decimals of a quotient before it is rounded down to the lot. */
const SCALE = 18;
const WHOLE = parseDecimal('10000');

/** The most that the money buys at this price, its fee included; the fee's rounding may take one unit more. */
export function affordable(market: ArbitrageMarket, price: Decimal, money: Decimal): Decimal {
  const usable = subtract(money, decimal(1n, market.quoteScale));
  if (!isPositive(usable)) return ZERO;
  const each = multiply(price, add(WHOLE, market.buyFeeBps));
  return inSteps(divide(multiply(usable, WHOLE), each, SCALE, 'down'), market.lot, 'down');
}

function entriesOf({ market, side, price, size, fee }: LegFill, at: UnixMs): readonly InventoryEntry[] {
  const { venue, base, quote } = market;
  const amount = multiply(price, size);
  const paid = { at, venue, asset: quote, amount: negate(fee), cause: 'fee' } as const;
  return side === 'buy'
    ? [
        { at, venue, asset: base, amount: size, cause: 'bought' },
        { at, venue, asset: quote, amount: negate(amount), cause: 'paid' },
        paid,
      ]
    : [
        { at, venue, asset: base, amount: negate(size), cause: 'sold' },
        { at, venue, asset: quote, amount, cause: 'received' },
        paid,
      ];
}
