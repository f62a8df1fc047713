import type { ClientOrderId, UnixMs } from '../domain/ids.ts';
import type { Order, OrderPurpose, OrderStatus, OrderType, Side, TimeInForce } from '../domain/order.ts';

/** An order and what became of it. `reason` is the venue's or our own word on why it was rejected or canceled. */
export type TrackedOrder = Order & {
  readonly reason?: string;
  /** The entry whose approval covers this protective order. */
  readonly parent?: ClientOrderId;
  /** What a live venue calls it; absent until the venue has said a word about it. */
  readonly venueOrderId?: string;
  /** Venue time after which a live venue may not take the request any more. */
  readonly expiresAt?: UnixMs;
  /** We want it canceled, whatever its status is meanwhile. Kept for live venues alone. */
  readonly cancelRequested?: true;
};

/** Payloads are plain JSON: decimals as canonical text, times in milliseconds. */
export type OrderSubmittedPayload = {
  readonly clientOrderId: string;
  readonly agentId: string;
  readonly instrumentId: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly purpose: OrderPurpose;
  readonly quantity: string;
  readonly price: string | null;
  readonly reduceOnly: boolean;
  readonly stop: string | null;
  readonly target: string | null;
  /** Client order id of the entry whose approval covers this order. */
  readonly parent: string | null;
  readonly limitPrice?: string;
  readonly trail?: string;
  readonly timeInForce?: TimeInForce;
  readonly postOnly?: boolean;
  readonly group?: string;
  /** Of an order for a live venue: its time after which it may not take the request any more. */
  readonly expiresAt?: number;
};

export type OrderAcceptedPayload = {
  readonly clientOrderId: string;
  readonly agentId: string;
  readonly status: OrderStatus;
  readonly venueOrderId?: string;
};

export type OrderUnresolvedPayload = {
  readonly clientOrderId: string;
  readonly agentId: string;
  readonly reason: string;
};

/** Written before the wish leaves, for a live venue alone. */
export type OrderCancelRequestedPayload = OrderUnresolvedPayload;

/** The stop of a position was moved toward less risk; the resting order is replaced after it. */
export type OrderStopTightenedPayload = {
  /** Of the entry whose approval covers the protection. */
  readonly clientOrderId: string;
  readonly agentId: string;
  readonly instrumentId: string;
  readonly from: string;
  readonly to: string;
};

/** A fill of an order that is not ours and closed something that an agent holds. */
export type PositionExternalPayload = Omit<OrderFilledPayload, 'status' | 'filledQuantity'>;

export type OrderFilledPayload = {
  readonly clientOrderId: string;
  readonly agentId: string;
  readonly instrumentId: string;
  readonly tradeId: string;
  readonly side: Side;
  readonly purpose: OrderPurpose;
  readonly price: string;
  readonly quantity: string;
  readonly fee: string;
  readonly feeAsset: string;
  readonly liquidity: 'maker' | 'taker';
  /** Of the order after this fill. */
  readonly status: OrderStatus;
  readonly filledQuantity: string;
};

export type OrderClosedPayload = {
  readonly clientOrderId: string;
  readonly agentId: string;
  readonly reason: string;
  readonly status: OrderStatus;
  readonly filledQuantity: string;
};

/** What execution asks to be journalled; the caller adds the run id. */
export type ExecutionRecord =
  | { readonly type: 'order.submitted'; readonly ts: UnixMs; readonly payload: OrderSubmittedPayload }
  | { readonly type: 'order.accepted'; readonly ts: UnixMs; readonly payload: OrderAcceptedPayload }
  | { readonly type: 'order.unresolved'; readonly ts: UnixMs; readonly payload: OrderUnresolvedPayload }
  | { readonly type: 'order.cancel_requested'; readonly ts: UnixMs; readonly payload: OrderCancelRequestedPayload }
  | { readonly type: 'order.stop_tightened'; readonly ts: UnixMs; readonly payload: OrderStopTightenedPayload }
  | { readonly type: 'position.external'; readonly ts: UnixMs; readonly payload: PositionExternalPayload }
  | { readonly type: 'order.filled'; readonly ts: UnixMs; readonly payload: OrderFilledPayload }
  | { readonly type: 'order.canceled' | 'order.rejected'; readonly ts: UnixMs; readonly payload: OrderClosedPayload };
