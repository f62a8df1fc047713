import { formatDecimal, parseDecimal } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, TradeId, UnixMs } from '../domain/ids.ts';
import { asset, money, price, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import type { VenueOrder } from '../ports/venue-client.ts';
import type { ExecutionRecord, OrderFilledPayload, TrackedOrder } from './types.ts';

const optional = (value: Parameters<typeof formatDecimal>[0] | undefined): string | null =>
  value === undefined ? null : formatDecimal(value);

export const submittedRecord = (
  { agentId, instrumentId, order }: VenueOrder,
  parent: string | null,
  ts: UnixMs,
): ExecutionRecord => ({
  type: 'order.submitted',
  ts,
  payload: {
    clientOrderId: order.clientOrderId,
    agentId,
    instrumentId,
    side: order.side,
    type: order.type,
    purpose: order.purpose,
    quantity: formatDecimal(order.quantity),
    price: optional(order.price),
    reduceOnly: order.reduceOnly,
    stop: optional(order.stop),
    target: optional(order.target),
    parent,
    // Written only where an order has them, so that the record of every other order stays what it was.
    ...(order.limitPrice === undefined ? {} : { limitPrice: formatDecimal(order.limitPrice) }),
    ...(order.trail === undefined ? {} : { trail: formatDecimal(order.trail) }),
    ...(order.timeInForce === undefined ? {} : { timeInForce: order.timeInForce }),
    ...(order.postOnly === undefined ? {} : { postOnly: order.postOnly }),
    ...(order.group === undefined ? {} : { group: order.group }),
  },
});

export const acceptedRecord = ({ clientOrderId, agentId, status }: TrackedOrder, ts: UnixMs): ExecutionRecord => ({
  type: 'order.accepted',
  ts,
  payload: { clientOrderId, agentId, status },
});

/** `order` is the order after the fill. */
export const filledRecord = (order: TrackedOrder, fill: Fill): ExecutionRecord => ({
  type: 'order.filled',
  ts: fill.tsEvent,
  payload: {
    clientOrderId: fill.clientOrderId,
    agentId: fill.agentId,
    instrumentId: fill.instrumentId,
    tradeId: fill.tradeId,
    side: fill.side,
    purpose: fill.purpose,
    price: formatDecimal(fill.price),
    quantity: formatDecimal(fill.quantity),
    fee: formatDecimal(fill.fee.amount),
    feeAsset: fill.fee.asset,
    liquidity: fill.liquidity,
    status: order.status,
    filledQuantity: formatDecimal(order.filledQuantity),
  },
});

export const closedRecord = (
  order: TrackedOrder,
  kind: 'canceled' | 'rejected',
  reason: string,
  ts: UnixMs,
): ExecutionRecord => ({
  type: `order.${kind}`,
  ts,
  payload: {
    clientOrderId: order.clientOrderId,
    agentId: order.agentId,
    reason,
    status: order.status,
    filledQuantity: formatDecimal(order.filledQuantity),
  },
});

/** The fill that an `order.filled` record tells of, for replay. Throws on text that is not a plain decimal. */
export const fillFromPayload = (payload: OrderFilledPayload, ts: UnixMs): Fill => ({
  tradeId: payload.tradeId as TradeId,
  clientOrderId: payload.clientOrderId as ClientOrderId,
  agentId: payload.agentId as AgentId,
  instrumentId: payload.instrumentId as InstrumentId,
  side: payload.side,
  purpose: payload.purpose,
  price: price(payload.price),
  quantity: quantity(payload.quantity),
  fee: money(parseDecimal(payload.fee), asset(payload.feeAsset)),
  liquidity: payload.liquidity,
  tsEvent: ts,
});
