import type { OrderStatus } from '../domain/order.ts';

/** Everything that can happen to an order. A closed set: an outside message that is none of these is not an order event. */
export const ORDER_EVENTS = [
  'denied',
  'submitted',
  'accepted',
  'partially_filled',
  'filled',
  'cancel_requested',
  'cancel_rejected',
  'canceled',
  'rejected',
  'expired',
  'outcome_unknown',
] as const;
export type OrderEventType = (typeof ORDER_EVENTS)[number];

/**
 * The whole life of an order. A pair that is not here is illegal. How much was filled is counted from the fills and kept
 * apart from the status, so that a late part fill of a canceled order books its quantity without reopening the order.
 */
export const ORDER_LIFECYCLE = {
  initialized: { denied: 'denied', submitted: 'submitted' },
  denied: {},
  submitted: {
    accepted: 'accepted',
    rejected: 'rejected',
    // Venues may report a fill before the acknowledgement.
    partially_filled: 'partially_filled',
    filled: 'filled',
    cancel_requested: 'pending_cancel',
    canceled: 'canceled',
    expired: 'expired',
    outcome_unknown: 'unresolved',
  },
  accepted: {
    partially_filled: 'partially_filled',
    filled: 'filled',
    cancel_requested: 'pending_cancel',
    canceled: 'canceled',
    // A venue may refuse a resting order when it comes to trigger it.
    rejected: 'rejected',
    expired: 'expired',
    outcome_unknown: 'unresolved',
  },
  partially_filled: {
    // The late acknowledgement of an order that filled first; likewise below.
    accepted: 'partially_filled',
    partially_filled: 'partially_filled',
    filled: 'filled',
    cancel_requested: 'pending_cancel',
    canceled: 'canceled',
    expired: 'expired',
    outcome_unknown: 'unresolved',
  },
  // A cancel is a request: the order lives, and may fill, until the venue confirms.
  pending_cancel: {
    accepted: 'pending_cancel',
    partially_filled: 'pending_cancel',
    filled: 'filled',
    canceled: 'canceled',
    rejected: 'rejected',
    expired: 'expired',
    // The owner of the order restores `partially_filled` instead when some of it is filled.
    cancel_rejected: 'accepted',
    outcome_unknown: 'unresolved',
  },
  unresolved: {
    accepted: 'accepted',
    rejected: 'rejected',
    partially_filled: 'partially_filled',
    filled: 'filled',
    canceled: 'canceled',
    expired: 'expired',
    cancel_requested: 'pending_cancel',
  },
  // The venue's fill message may arrive after its cancel message. It is booked; the order stays closed.
  canceled: { accepted: 'canceled', partially_filled: 'canceled', filled: 'filled' },
  expired: { accepted: 'expired', partially_filled: 'expired', filled: 'filled' },
  rejected: {},
  filled: { accepted: 'filled' },
} as const satisfies Record<OrderStatus, Partial<Record<OrderEventType, OrderStatus>>>;

const TABLE: Record<OrderStatus, Partial<Record<OrderEventType, OrderStatus>>> = ORDER_LIFECYCLE;

/** The next status, or undefined for an illegal pair. */
export const transition = (status: OrderStatus, event: OrderEventType): OrderStatus | undefined => TABLE[status][event];

const CLOSED: ReadonlySet<OrderStatus> = new Set(['denied', 'filled', 'canceled', 'rejected', 'expired']);

/** True while the order can still add fills of its own accord; an unresolved order counts as open at full size. */
export const isOpenStatus = (status: OrderStatus): boolean => !CLOSED.has(status);
