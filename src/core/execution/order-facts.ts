import { add, compare, type Decimal, divide, isPositive, max, multiply, ZERO } from '../domain/decimal.ts';
import type { TradeId } from '../domain/ids.ts';
import type { Fill, OrderStatus } from '../domain/order.ts';

/**
 * What is known of an order from a venue whose messages may come late, twice and in any order. Facts are only ever added, so the result
 * depends on which messages came and never on their order; what an order "is" follows from them.
 */
export type OrderFacts = {
  readonly quantity: Decimal;
  readonly fills: ReadonlyMap<TradeId, Pick<Fill, 'price' | 'quantity'>>;
  /** Highest total that the venue itself reported; its trades may still be on their way. */
  readonly reported: Decimal;
  readonly accepted: boolean;
  readonly cancelRequested: boolean;
  readonly ended: ReadonlySet<'canceled' | 'expired' | 'rejected'>;
};

export type OrderFact =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'cancel_requested' }
  | { readonly kind: 'canceled' | 'expired' | 'rejected' }
  | {
      readonly kind: 'fill';
      readonly tradeId: TradeId;
      readonly price: Fill['price'];
      readonly quantity: Fill['quantity'];
    }
  | { readonly kind: 'reported'; readonly filled: Decimal };

export const factsOf = (quantity: Decimal): OrderFacts => ({
  quantity,
  fills: new Map(),
  reported: ZERO,
  accepted: false,
  cancelRequested: false,
  ended: new Set(),
});

/** The facts with one more. Known ones change nothing. Throws when the same trade comes with another price or quantity. */
export function withFact(facts: OrderFacts, fact: OrderFact): OrderFacts {
  switch (fact.kind) {
    case 'accepted':
      return facts.accepted ? facts : { ...facts, accepted: true };
    case 'cancel_requested':
      return facts.cancelRequested ? facts : { ...facts, cancelRequested: true };
    case 'canceled':
    case 'expired':
    case 'rejected':
      return facts.ended.has(fact.kind) ? facts : { ...facts, ended: new Set(facts.ended).add(fact.kind) };
    case 'reported':
      return { ...facts, reported: max(facts.reported, fact.filled) };
    case 'fill': {
      const { tradeId, price, quantity } = fact;
      const known = facts.fills.get(tradeId);
      if (known === undefined) return { ...facts, fills: new Map(facts.fills).set(tradeId, { price, quantity }) };
      if (compare(known.price, price) === 0 && compare(known.quantity, quantity) === 0) return facts;
      throw new Error(`trade ${tradeId} was reported twice with different numbers`);
    }
  }
}

const tradedOf = ({ fills }: OrderFacts): Decimal =>
  [...fills.values()].reduce((sum, fill) => add(sum, fill.quantity), ZERO);

/** Filled so far: the trades that are known, or what the venue says when that is more. */
export const filledOf = (facts: OrderFacts): Decimal => max(tradedOf(facts), facts.reported);

/** Average price of the known trades at `scale` decimals; undefined before the first. */
export function averageOf(facts: OrderFacts, scale: number): Decimal | undefined {
  const traded = tradedOf(facts);
  if (!isPositive(traded)) return undefined;
  const paid = [...facts.fills.values()].reduce((sum, fill) => add(sum, multiply(fill.price, fill.quantity)), ZERO);
  return divide(paid, traded, scale, 'half-up');
}

/**
 * The status that follows. Filled whole wins over everything; then how the order ended, the venue's refusal last, because an order that
 * traded was not refused; then whether a cancel is on its way.
 */
export function statusOf(facts: OrderFacts): OrderStatus {
  const filled = filledOf(facts);
  if (compare(filled, facts.quantity) >= 0) return 'filled';
  if (facts.ended.has('canceled')) return 'canceled';
  if (facts.ended.has('expired')) return 'expired';
  if (facts.ended.has('rejected')) return isPositive(filled) ? 'canceled' : 'rejected';
  if (facts.cancelRequested) return 'pending_cancel';
  if (isPositive(filled)) return 'partially_filled';
  return facts.accepted ? 'accepted' : 'submitted';
}
