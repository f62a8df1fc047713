import { parseDecimal, ZERO } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import { unixMs } from '../domain/ids.ts';
import { price, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import type { VenueOrder } from '../ports/venue-client.ts';
import type { Approvals, ApprovedOrder, ProposedOrder } from '../risk/types.ts';
import { isOpenStatus } from './lifecycle.ts';
import { nextOrder, type OrderStore } from './order-store.ts';
import { fillFromPayload } from './records.ts';
import type { ExecutionRecord, OrderStopTightenedPayload, OrderSubmittedPayload, TrackedOrder } from './types.ts';

export type RestorePorts = {
  readonly store: OrderStore;
  readonly approvals: Pick<Approvals, 'restored'>;
  /** Called for each entry in the order of the journal. */
  readonly onEntry: (order: ApprovedOrder) => void;
  readonly onSubmitted: (order: TrackedOrder) => void;
  readonly onFill: (fill: Fill) => void;
  readonly onTightened: (payload: OrderStopTightenedPayload) => void;
};

const proposedOf = (p: OrderSubmittedPayload): ProposedOrder => ({
  clientOrderId: p.clientOrderId as ClientOrderId,
  side: p.side,
  type: p.type,
  purpose: p.purpose,
  quantity: quantity(p.quantity),
  reduceOnly: p.reduceOnly,
  ...(p.price === null ? {} : { price: price(p.price) }),
  ...(p.stop === null ? {} : { stop: price(p.stop) }),
  ...(p.target === null ? {} : { target: price(p.target) }),
  ...(p.limitPrice === undefined ? {} : { limitPrice: price(p.limitPrice) }),
  ...(p.trail === undefined ? {} : { trail: price(p.trail) }),
  ...(p.timeInForce === undefined ? {} : { timeInForce: p.timeInForce }),
  ...(p.postOnly === undefined ? {} : { postOnly: p.postOnly }),
  ...(p.group === undefined ? {} : { group: p.group }),
});

/**
 * The orders of a journal as they went to their venue, by client order id; for a simulated venue, which has to be told again what rested with
 * it.
 */
export function sentOrders(
  records: Iterable<ExecutionRecord>,
  approvals: Pick<Approvals, 'restored'>,
): ReadonlyMap<ClientOrderId, VenueOrder> {
  const sent = new Map<ClientOrderId, VenueOrder>();
  for (const { type, ts, payload } of records) {
    if (type !== 'order.submitted') continue;
    sent.set(payload.clientOrderId as ClientOrderId, {
      agentId: payload.agentId as AgentId,
      instrumentId: payload.instrumentId as InstrumentId,
      order: approvals.restored(proposedOf(payload)),
      submittedAt: ts,
    });
  }
  return sent;
}

const trackedOf = (p: OrderSubmittedPayload, ts: UnixMs): TrackedOrder => ({
  clientOrderId: p.clientOrderId as ClientOrderId,
  agentId: p.agentId as AgentId,
  instrumentId: p.instrumentId as InstrumentId,
  side: p.side,
  type: p.type,
  purpose: p.purpose,
  quantity: quantity(p.quantity),
  ...(p.price === null ? {} : { price: price(p.price) }),
  reduceOnly: p.reduceOnly,
  status: 'submitted',
  filledQuantity: quantity(ZERO),
  createdAt: ts,
  ...(p.parent === null ? {} : { parent: p.parent as ClientOrderId }),
  ...(p.expiresAt === undefined ? {} : { expiresAt: unixMs(p.expiresAt) }),
});

/** An order that only the venue knew until it filled: it bought back what was owed. */
const liquidationOf = (fill: Fill): TrackedOrder => ({
  ...fill,
  type: 'market',
  reduceOnly: true,
  status: 'submitted',
  filledQuantity: quantity(ZERO),
  createdAt: fill.tsEvent,
});

/** Plays the order records of a journal into an empty store, in their order, so that it stands as it stood when the last one was written. */
export function replayOrders(records: Iterable<ExecutionRecord>, ports: RestorePorts): void {
  const { store } = ports;
  const find = (clientOrderId: string): TrackedOrder => {
    const order = store.get(clientOrderId as ClientOrderId);
    if (order === undefined) throw new Error(`the journal speaks of order ${clientOrderId} before it was submitted`);
    return order;
  };
  for (const { type, ts, payload } of records) {
    switch (type) {
      case 'order.submitted': {
        const order = trackedOf(payload, ts);
        store.put(order);
        if (order.purpose === 'entry') ports.onEntry(ports.approvals.restored(proposedOf(payload)));
        ports.onSubmitted(order);
        break;
      }
      case 'order.accepted': {
        const { status, venueOrderId } = payload;
        store.put({ ...find(payload.clientOrderId), status, ...(venueOrderId === undefined ? {} : { venueOrderId }) });
        break;
      }
      case 'order.unresolved':
        store.put({ ...find(payload.clientOrderId), status: 'unresolved' });
        break;
      case 'order.cancel_requested': {
        const order = find(payload.clientOrderId);
        const after = isOpenStatus(order.status) ? nextOrder(order, 'cancel_requested', payload.reason) : order;
        store.put({ ...after, cancelRequested: true });
        break;
      }
      case 'order.stop_tightened':
        ports.onTightened(payload);
        break;
      case 'order.canceled':
      case 'order.rejected':
        store.put({ ...find(payload.clientOrderId), status: payload.status, reason: payload.reason });
        break;
      case 'order.filled': {
        const fill = fillFromPayload(payload, ts);
        const order = store.get(fill.clientOrderId) ?? liquidationOf(fill);
        const filledQuantity = quantity(parseDecimal(payload.filledQuantity));
        store.book({ ...order, status: payload.status, filledQuantity }, fill);
        ports.onFill(fill);
        break;
      }
      case 'position.external': {
        const fill = fillFromPayload(payload, ts);
        store.bookExternal(fill);
        ports.onFill(fill);
        break;
      }
      default: {
        const never: never = type;
        throw new Error(`unknown order record ${JSON.stringify(never)}`);
      }
    }
  }
}
