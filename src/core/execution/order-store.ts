import { add, compare, type Decimal, isPositive, negate, subtract, ZERO } from '../domain/decimal.ts';
import { holdingChange } from '../domain/fill-amounts.ts';
import type { AgentId, ClientOrderId, InstrumentId, TradeId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Quantity, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import { isOpenStatus, type OrderEventType, transition } from './lifecycle.ts';
import type { TrackedOrder } from './types.ts';

export type AgentHolding = {
  readonly agentId: AgentId;
  readonly instrumentId: InstrumentId;
  readonly quantity: Decimal;
  readonly since: UnixMs;
};

/**
 * Orders by client order id and unique fills. `next…` functions answer what an order would become and change nothing; only
 * `put` and `book` do, so that a fact can be journalled between the two.
 */
export type OrderStore = {
  get(id: ClientOrderId): TrackedOrder | undefined;
  put(order: TrackedOrder): void;
  all(): readonly TrackedOrder[];
  open(): readonly TrackedOrder[];
  fills(): readonly Fill[];
  hasFill(id: TradeId): boolean;
  book(order: TrackedOrder, fill: Fill): void;
  /** A fill of no order of ours. */
  bookExternal(fill: Fill): void;
  /** Of every agent in every instrument in which it has traded; `since` is its first fill. */
  holdings(): readonly AgentHolding[];
  /** Sum over unique fills: bought minus sold and minus fees in base, by one agent in one instrument. Below zero is owed. */
  net(agentId: AgentId, instrumentId: InstrumentId): Decimal;
};

/** The order after an event other than a fill. Throws on an illegal pair: the venue or we have lost track, and the engine must stop. */
export function nextOrder(order: TrackedOrder, event: OrderEventType, reason?: string): TrackedOrder {
  const status = transition(order.status, event);
  if (status === undefined)
    throw new Error(`order ${order.clientOrderId} is ${order.status}: "${event}" is not possible`);
  return { ...order, status, ...(reason === undefined ? {} : { reason }) };
}

/** The order after an acknowledgement: one that we want canceled still waits for its end, one that traded stays in parts. */
export function nextAccepted(order: TrackedOrder, venueOrderId: string | undefined): TrackedOrder {
  const after = nextOrder(venueOrderId === undefined ? order : { ...order, venueOrderId }, 'accepted');
  if (after.status !== 'accepted') return after;
  if (order.cancelRequested) return { ...after, status: 'pending_cancel' };
  return isPositive(order.filledQuantity) ? { ...after, status: 'partially_filled' } : after;
}

/** The order after a fill. Quantity is counted from fills alone, so that a late fill never reopens or shrinks anything. */
export function nextFilled(order: TrackedOrder, fill: Fill): TrackedOrder {
  const filled = add(order.filledQuantity, fill.quantity);
  const comparison = compare(filled, order.quantity);
  if (comparison > 0)
    throw new Error(`order ${order.clientOrderId} is filled beyond its quantity by trade ${fill.tradeId}`);
  return { ...nextOrder(order, comparison === 0 ? 'filled' : 'partially_filled'), filledQuantity: quantity(filled) };
}

export const remainingOf = (order: TrackedOrder): Quantity => quantity(subtract(order.quantity, order.filledQuantity));

const key = (agentId: AgentId, instrumentId: InstrumentId): string => `${agentId} ${instrumentId}`;

export function createOrderStore(
  instrumentOf: (id: InstrumentId) => Instrument | undefined = () => undefined,
): OrderStore {
  const orders = new Map<ClientOrderId, TrackedOrder>();
  // Asked for at every turn, while the closed ones become many. Oldest first, like all of them.
  const open = new Map<ClientOrderId, TrackedOrder>();
  const fills = new Map<TradeId, Fill>();
  const holdings = new Map<string, AgentHolding>();
  const put = (order: TrackedOrder): void => {
    orders.set(order.clientOrderId, order);
    if (isOpenStatus(order.status)) open.set(order.clientOrderId, order);
    else open.delete(order.clientOrderId);
  };
  const bookFill = (fill: Fill): void => {
    const { agentId, instrumentId, side, tsEvent: since } = fill;
    fills.set(fill.tradeId, fill);
    const at = key(agentId, instrumentId);
    const before = holdings.get(at) ?? { agentId, instrumentId, quantity: ZERO, since };
    const instrument = instrumentOf(instrumentId);
    const size = side === 'buy' ? fill.quantity : negate(fill.quantity);
    const change = instrument === undefined ? size : holdingChange(fill, instrument);
    holdings.set(at, { ...before, quantity: add(before.quantity, change) });
  };
  return {
    get: (id) => orders.get(id),
    put,
    all: () => [...orders.values()],
    open: () => [...open.values()],
    fills: () => [...fills.values()],
    hasFill: (id) => fills.has(id),
    book: (order, fill) => {
      put(order);
      bookFill(fill);
    },
    bookExternal: bookFill,
    holdings: () => [...holdings.values()],
    net: (agentId, instrumentId) => holdings.get(key(agentId, instrumentId))?.quantity ?? ZERO,
  };
}
