import { formatDecimal, parseDecimal } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, TradeId, UnixMs } from '../domain/ids.ts';
import { asset, money, price, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import type { VenueOrder } from '../ports/venue-client.ts';
import type { ProposedOrder } from '../risk/types.ts';
import type { ExecutionRecord, PositionExternalPayload, TrackedOrder } from './types.ts';

const optional = (value: Parameters<typeof formatDecimal>[0] | undefined): string | null =>
  value === undefined ? null : formatDecimal(value);

export const submittedRecord = (
  { agentId, instrumentId, order, expiresAt }: VenueOrder,
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
    ...(expiresAt === undefined ? {} : { expiresAt }),
  },
});

export const acceptedRecord = (
  { clientOrderId, agentId, status, venueOrderId }: TrackedOrder,
  ts: UnixMs,
): ExecutionRecord => ({
  type: 'order.accepted',
  ts,
  payload: { clientOrderId, agentId, status, ...(venueOrderId === undefined ? {} : { venueOrderId }) },
});

export const unresolvedRecord = (
  { clientOrderId, agentId }: TrackedOrder,
  reason: string,
  ts: UnixMs,
): ExecutionRecord => ({ type: 'order.unresolved', ts, payload: { clientOrderId, agentId, reason } });

export const cancelRequestedRecord = (
  { clientOrderId, agentId }: TrackedOrder,
  reason: string,
  ts: UnixMs,
): ExecutionRecord => ({ type: 'order.cancel_requested', ts, payload: { clientOrderId, agentId, reason } });

/** `before` and `after` are the entry with its stop as it was and as it will be. */
export const stopTightenedRecord = (
  { agentId, instrumentId }: Pick<TrackedOrder, 'agentId' | 'instrumentId'>,
  before: ProposedOrder,
  after: ProposedOrder,
  ts: UnixMs,
): ExecutionRecord => ({
  type: 'order.stop_tightened',
  ts,
  payload: {
    clientOrderId: before.clientOrderId,
    agentId,
    instrumentId,
    from: optional(before.stop) ?? '',
    to: optional(after.stop) ?? '',
  },
});

const fillText = (fill: Fill): PositionExternalPayload => ({
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
});

export const externalRecord = (fill: Fill, ts: UnixMs): ExecutionRecord => ({
  type: 'position.external',
  ts,
  payload: fillText(fill),
});

/** `order` is the order after the fill. */
export const filledRecord = (order: TrackedOrder, fill: Fill): ExecutionRecord => ({
  type: 'order.filled',
  ts: fill.tsEvent,
  payload: { ...fillText(fill), status: order.status, filledQuantity: formatDecimal(order.filledQuantity) },
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

/** The fill that an `order.filled` or `position.external` record tells of, for replay. Throws on text that is not a plain decimal. */
export const fillFromPayload = (payload: PositionExternalPayload, ts: UnixMs): Fill => ({
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
