import { compare, type Decimal, sum } from '../domain/decimal.ts';
import { type UnixMs, unixMs } from '../domain/ids.ts';
import type { Fill, Order } from '../domain/order.ts';
import { factsOf, filledOf, type OrderFact, type OrderFacts, statusOf, withFact } from '../execution/order-facts.ts';
import type { TrackedOrder } from '../execution/types.ts';

/** What is known of one order of ours at a venue whose word comes in pieces. Facts are only ever added. */
export type KnownOrder = Pick<Order, 'clientOrderId' | 'agentId' | 'instrumentId' | 'side' | 'purpose' | 'quantity'> & {
  readonly submittedAt: UnixMs;
  /** Venue time after which the venue does not accept the request any more. */
  readonly expiresAt: UnixMs;
  venueOrderId?: string;
  facts: OrderFacts;
  readonly fills: Fill[];
  /** The venue has acknowledged it, listed it or traded it: it can no longer turn out never to have been placed. */
  exists: boolean;
  /** The venue said that it knows the id, and has shown nothing yet. */
  claimed: boolean;
  /** We concluded that the venue never had it. */
  notPlaced: boolean;
  /** It was missing from a list that should hold it. The next word about it clears this. */
  doubted: boolean;
  cancelWanted: boolean;
  /** A stop that ended without our asking: the account was looked at since. */
  checked: boolean;
  /** Counts what the venue said about it, so that a search knows whether anything was said meanwhile. */
  evidence: number;
  endReason?: string;
  endedAt?: UnixMs;
  /** A search is under way; there is never a second one. */
  settling: boolean;
  /** What execution was told, so that nothing is told twice. */
  readonly told: { accepted: boolean; unknown: boolean; fills: number; end?: 'canceled' | 'rejected' };
};

export const tradedOf = (order: KnownOrder): Decimal => sum(order.fills.map(({ quantity }) => quantity));

/** The venue counts more than the trades that we have: they are still on their way, or were missed. */
export const lacksTrades = (order: KnownOrder): boolean => compare(filledOf(order.facts), tradedOf(order)) > 0;

/** How the order ended, as far as the venue has said. */
export const endOf = (order: KnownOrder): 'canceled' | 'rejected' | 'filled' | undefined => {
  const status = statusOf(order.facts);
  if (status === 'expired') return 'canceled';
  return status === 'canceled' || status === 'rejected' || status === 'filled' ? status : undefined;
};

/** Nothing more will happen to it, and everything that happened is known. */
export const isOver = (order: KnownOrder): boolean => endOf(order) !== undefined && !lacksTrades(order);

/** Nothing about it needs to be looked for: it is over, or it rests where we believe it to rest. */
export const isSettled = (order: KnownOrder): boolean =>
  isOver(order) || (order.exists && !order.doubted && !order.cancelWanted && !lacksTrades(order));

export const refOf = (order: KnownOrder) => ({
  clientOrderId: order.clientOrderId,
  instrumentId: order.instrumentId,
  submittedAt: order.submittedAt,
  ...(order.venueOrderId === undefined ? {} : { venueOrderId: order.venueOrderId }),
});

/** Made when the order is about to be sent. */
export const newKnownOrder = (
  order: Pick<
    KnownOrder,
    'clientOrderId' | 'agentId' | 'instrumentId' | 'side' | 'purpose' | 'quantity' | 'submittedAt' | 'expiresAt'
  >,
): KnownOrder => ({
  ...order,
  facts: factsOf(order.quantity),
  fills: [],
  exists: false,
  claimed: false,
  notPlaced: false,
  doubted: false,
  cancelWanted: false,
  checked: false,
  evidence: 0,
  settling: false,
  told: { accepted: false, unknown: false, fills: 0 },
});

/**
 * What our journal knows of an order after a restart. A venue order id is written down with the first word of the venue, so its presence says that
 * the venue had the order; without it nobody knows.
 */
export function restoredOrder(order: TrackedOrder, fills: readonly Fill[], expiryMs: number): KnownOrder {
  const { clientOrderId, agentId, instrumentId, side, purpose, quantity, createdAt, status, venueOrderId } = order;
  const expiresAt = order.expiresAt ?? unixMs(createdAt + expiryMs);
  const known = newKnownOrder({
    clientOrderId,
    agentId,
    instrumentId,
    side,
    purpose,
    quantity,
    submittedAt: createdAt,
    expiresAt,
  });
  const exists = venueOrderId !== undefined || fills.length > 0;
  const facts: OrderFact[] = fills.map((fill) => ({
    kind: 'fill',
    tradeId: fill.tradeId,
    price: fill.price,
    quantity: fill.quantity,
  }));
  if (exists) facts.push({ kind: 'accepted' });
  const end = status === 'rejected' || status === 'canceled' ? status : undefined;
  if (end !== undefined) facts.push({ kind: end });
  return {
    ...known,
    ...(venueOrderId === undefined ? {} : { venueOrderId }),
    facts: facts.reduce(withFact, known.facts),
    fills: [...fills],
    exists,
    cancelWanted: order.cancelRequested === true,
    told: {
      accepted: exists,
      unknown: status === 'unresolved',
      fills: fills.length,
      ...(end === undefined ? {} : { end }),
    },
  };
}
