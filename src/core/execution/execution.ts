import { isZero, quantize, ZERO } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Quantity, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import type { IdFactory } from '../kernel/ids.ts';
import type { VenueClient, VenueEvent } from '../ports/venue-client.ts';
import type { Approvals, ApprovedOrder, DerivedOrder } from '../risk/types.ts';
import { type Bracket, bracketSteps } from './bracket.ts';
import { isOpenStatus } from './lifecycle.ts';
import { createOrderStore, nextFilled, nextOrder } from './order-store.ts';
import { acceptedRecord, closedRecord, filledRecord, submittedRecord } from './records.ts';
import type { ExecutionRecord, TrackedOrder } from './types.ts';

export type ExecutionOptions = {
  readonly venue: VenueClient;
  /** Writes the fact durably before anything follows from it. Must throw when it cannot: then nothing is sent and nothing changes. */
  readonly record: (record: ExecutionRecord) => void;
  readonly ids: Pick<IdFactory, 'clientOrderId'>;
  /** Of the risk stage; handed in, because execution may not reach the gate. */
  readonly approvals: Approvals;
  /**
   * Rules of what is traded: with them fees in base reduce what is held, and protection is sized in whole lots, the rest being dust.
   */
  readonly instruments?: readonly Instrument[];
  /** Called once for each unique fill, after it is recorded and booked and before protection is sent: the ledger's place. */
  readonly onFill?: (fill: Fill) => void;
};

export type Execution = {
  /** Records, then sends. Throws on an order without the gate's seal and on a client order id that was used before. */
  submit(agentId: AgentId, instrumentId: InstrumentId, approved: ApprovedOrder, ts: UnixMs): void;
  /** Asks the venue to cancel one open order; nothing happens when it is closed or being canceled. */
  cancel(clientOrderId: ClientOrderId, reason: string, ts: UnixMs): void;
  /**
   * Asks the venue to cancel every open order, stops and targets too, and stops protecting what is held: the caller
   * flattens next. Calling it twice is harmless.
   */
  cancelAll(reason: string, ts: UnixMs): void;
  order(clientOrderId: ClientOrderId): TrackedOrder | undefined;
  /** Oldest first. */
  orders(): readonly TrackedOrder[];
  openOrders(): readonly TrackedOrder[];
  /** Unique fills in order of arrival. */
  fills(): readonly Fill[];
  /** Sum over unique fills of this agent in this instrument. */
  heldQuantity(agentId: AgentId, instrumentId: InstrumentId): Quantity;
  /** The same in whole lots: what an exit may ask for. Equal to what is held when no rules were given. */
  sellableQuantity(agentId: AgentId, instrumentId: InstrumentId): Quantity;
  /** Events about orders that are not ours: kept for the reconciliation, never acted on. */
  foreignEvents(): readonly VenueEvent[];
  /** Stops listening to the venue. */
  close(): void;
};

type Managed = Pick<Bracket, 'agentId' | 'instrumentId' | 'entry'> & {
  legs: readonly ClientOrderId[];
  flattening: boolean;
};

/**
 * The only stage that acts. Order of work: record, then send or change state, then what follows from it. The stop and the
 * target of an entry count as approved with it, because the gate has seen both prices and they can only reduce; so one gate
 * pass covers the bracket. When the venue refuses or drops the stop while something is held, the position is flattened at
 * market under that same approval rather than left bare.
 */
export function createExecution({
  venue,
  record,
  ids,
  approvals,
  instruments = [],
  onFill,
}: ExecutionOptions): Execution {
  const rules = new Map(instruments.map((instrument) => [instrument.id, instrument]));
  const store = createOrderStore((id) => rules.get(id));
  const entries = new Map<ClientOrderId, ApprovedOrder>();
  const brackets = new Map<string, Managed>();
  const foreign: VenueEvent[] = [];

  /** What can be sold of a holding: whole lots. What is left over is dust and stays booked. */
  const sellable = (agentId: AgentId, instrumentId: InstrumentId): Quantity => {
    const held = store.held(agentId, instrumentId);
    const lot = rules.get(instrumentId)?.lotSize;
    return lot === undefined ? held : quantity(quantize(held, lot, 'floor'));
  };

  const send = (
    agentId: AgentId,
    instrumentId: InstrumentId,
    order: ApprovedOrder,
    ts: UnixMs,
    parent?: ClientOrderId,
  ): void => {
    const venueOrder = { agentId, instrumentId, order, submittedAt: ts };
    record(submittedRecord(venueOrder, parent ?? null, ts));
    const { clientOrderId, side, type, purpose, price, reduceOnly } = order;
    store.put({
      clientOrderId,
      agentId,
      instrumentId,
      side,
      type,
      purpose,
      quantity: order.quantity,
      ...(price === undefined ? {} : { price }),
      reduceOnly,
      status: 'submitted',
      filledQuantity: quantity(ZERO),
      createdAt: ts,
      ...(parent === undefined ? {} : { parent }),
    });
    if (purpose === 'entry') entries.set(clientOrderId, order);
    venue.submit(venueOrder);
  };

  const requestCancel = (order: TrackedOrder, reason: string, ts: UnixMs): void => {
    if (!isOpenStatus(order.status) || order.status === 'pending_cancel') return;
    store.put(nextOrder(order, 'cancel_requested', reason));
    venue.cancel(order.clientOrderId, ts);
  };

  const derive = (bracket: Managed, purpose: DerivedOrder['purpose'], size: Quantity, ts: UnixMs): void => {
    const order = approvals.derive(bracket.entry, { purpose, clientOrderId: ids.clientOrderId(), quantity: size });
    if (order === undefined) return;
    if (purpose !== 'flatten') bracket.legs = [...bracket.legs, order.clientOrderId];
    send(bracket.agentId, bracket.instrumentId, order, ts, bracket.entry.clientOrderId);
  };

  const protect = (bracket: Managed, ts: UnixMs): void => {
    const held = sellable(bracket.agentId, bracket.instrumentId);
    const live = bracket.legs.map((id) => store.get(id)).filter((order) => order !== undefined);
    for (const step of bracketSteps({ ...bracket, live: live.filter(({ status }) => isOpenStatus(status)) }, held)) {
      if (step.kind === 'submit') derive(bracket, step.purpose, step.quantity, ts);
      else {
        const order = store.get(step.clientOrderId);
        if (order !== undefined) requestCancel(order, step.reason, ts);
      }
    }
  };

  const bracketOf = ({ agentId, instrumentId }: TrackedOrder): Managed | undefined =>
    brackets.get(`${agentId} ${instrumentId}`);

  /** A protective order ended without a fill. Ours to resize: send its successor. The venue's doing: no bare position. */
  const onLegLost = (bracket: Managed, order: TrackedOrder, asked: boolean, ts: UnixMs): void => {
    const held = sellable(bracket.agentId, bracket.instrumentId);
    if (isZero(held)) return;
    if (asked) return protect(bracket, ts);
    if (order.purpose !== 'stop' || bracket.flattening) return;
    bracket.flattening = true;
    derive(bracket, 'flatten', held, ts);
  };

  const onFilled = (order: TrackedOrder, fill: Fill): void => {
    if (store.hasFill(fill.tradeId)) return;
    const after = nextFilled(order, fill);
    record(filledRecord(after, fill));
    store.book(after, fill);
    onFill?.(fill);
    const entry = entries.get(fill.clientOrderId);
    const key = `${fill.agentId} ${fill.instrumentId}`;
    const legs = (brackets.get(key)?.legs ?? []).filter((id) => isOpenStatus(store.get(id)?.status ?? 'denied'));
    // A further entry moves the protection of the whole position to its own prices; the old legs are resized away first.
    if (entry !== undefined)
      brackets.set(key, { agentId: fill.agentId, instrumentId: fill.instrumentId, entry, legs, flattening: false });
    const bracket = brackets.get(key);
    if (bracket !== undefined) protect(bracket, fill.tsEvent);
  };

  const onEvent = (event: VenueEvent): void => {
    const order = store.get(event.clientOrderId);
    if (order === undefined) {
      foreign.push(event);
      return;
    }
    switch (event.kind) {
      case 'accepted': {
        const after = nextOrder(order, 'accepted');
        record(acceptedRecord(after, event.ts));
        store.put(after);
        return;
      }
      case 'filled':
        return onFilled(order, event.fill);
      case 'canceled':
      case 'rejected': {
        const asked = order.status === 'pending_cancel';
        const reason = asked && order.reason !== undefined ? order.reason : event.reason;
        const after = nextOrder(order, event.kind, reason);
        record(closedRecord(after, event.kind, reason, event.ts));
        store.put(after);
        const bracket = bracketOf(after);
        if (bracket?.legs.includes(after.clientOrderId)) onLegLost(bracket, after, asked, event.ts);
        return;
      }
      default: {
        const never: never = event;
        throw new Error(`unknown venue event ${JSON.stringify(never)}`);
      }
    }
  };

  const close = venue.subscribe(onEvent);

  return {
    submit(agentId, instrumentId, approved, ts) {
      if (!approvals.isApproved(approved))
        throw new Error(`order ${approved.clientOrderId} does not carry the gate's approval`);
      if (store.get(approved.clientOrderId) !== undefined)
        throw new Error(`client order id ${approved.clientOrderId} was used before; an order is sent once`);
      send(agentId, instrumentId, approved, ts);
    },
    cancel(clientOrderId, reason, ts) {
      const order = store.get(clientOrderId);
      if (order !== undefined) requestCancel(order, reason, ts);
    },
    cancelAll(reason, ts) {
      brackets.clear();
      for (const order of store.open()) requestCancel(order, reason, ts);
    },
    order: (id) => store.get(id),
    orders: () => store.all(),
    openOrders: () => store.open(),
    fills: () => store.fills(),
    heldQuantity: (agentId, instrumentId) => store.held(agentId, instrumentId),
    sellableQuantity: sellable,
    foreignEvents: () => [...foreign],
    close,
  };
}
