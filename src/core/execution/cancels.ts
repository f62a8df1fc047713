import type { UnixMs } from '../domain/ids.ts';
import type { VenueClient } from '../ports/venue-client.ts';
import { isOpenStatus } from './lifecycle.ts';
import { nextOrder, type OrderStore } from './order-store.ts';
import { cancelRequestedRecord } from './records.ts';
import type { ExecutionRecord, TrackedOrder } from './types.ts';

export type CancelPorts = {
  readonly store: OrderStore;
  readonly venue: Pick<VenueClient, 'cancel' | 'expiry'>;
  readonly record: (record: ExecutionRecord) => void;
};

/** Asks a venue to cancel. A venue that outlives us has the wish journalled first, so that a later process knows of it. */
export type Cancels = {
  /** Nothing happens when the order is closed or being canceled. */
  request(order: TrackedOrder, reason: string, ts: UnixMs): void;
  /** All of them, whatever happens to one; throws the first error afterwards. */
  requestEach(orders: readonly TrackedOrder[], reason: string, ts: UnixMs): void;
};

export function createCancels({ store, venue, record }: CancelPorts): Cancels {
  const outlivesUs = venue.expiry !== undefined;
  const request = (order: TrackedOrder, reason: string, ts: UnixMs): void => {
    if (!isOpenStatus(order.status) || order.status === 'pending_cancel' || order.cancelRequested) return;
    const after = nextOrder(order, 'cancel_requested', reason);
    try {
      if (outlivesUs) record(cancelRequestedRecord(order, reason, ts));
    } finally {
      // A cancel goes out even when it cannot be written down: it only ever makes the risk smaller.
      store.put(outlivesUs ? { ...after, cancelRequested: true } : after);
      venue.cancel(order.clientOrderId, ts);
    }
  };
  return {
    request,
    requestEach(orders, reason, ts) {
      const errors: unknown[] = [];
      for (const order of orders) {
        try {
          request(order, reason, ts);
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}
