import { add, compare, type Decimal, negate, subtract, ZERO } from '../domain/decimal.ts';
import { holdingChange } from '../domain/fill-amounts.ts';
import type { AgentId, ClientOrderId, InstrumentId, TradeId } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Quantity, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import { isOpenStatus, type OrderEventType, transition } from './lifecycle.ts';
import type { TrackedOrder } from './types.ts';

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
  const fills = new Map<TradeId, Fill>();
  const holdings = new Map<string, Decimal>();
  return {
    get: (id) => orders.get(id),
    put: (order) => {
      orders.set(order.clientOrderId, order);
    },
    all: () => [...orders.values()],
    open: () => [...orders.values()].filter(({ status }) => isOpenStatus(status)),
    fills: () => [...fills.values()],
    hasFill: (id) => fills.has(id),
    book: (order, fill) => {
      orders.set(order.clientOrderId, order);
      fills.set(fill.tradeId, fill);
      const at = key(fill.agentId, fill.instrumentId);
      const before = holdings.get(at) ?? ZERO;
      const instrument = instrumentOf(fill.instrumentId);
      const size = fill.side === 'buy' ? fill.quantity : negate(fill.quantity);
      holdings.set(at, add(before, instrument === undefined ? size : holdingChange(fill, instrument)));
    },
    net: (agentId, instrumentId) => holdings.get(key(agentId, instrumentId)) ?? ZERO,
  };
}
