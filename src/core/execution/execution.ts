import { add, type Decimal, max, negate, quantize, ZERO } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Price, price as priceOf, type Quantity, quantity } from '../domain/money.ts';
import type { Fill, Side } from '../domain/order.ts';
import { Fault } from '../kernel/fault.ts';
import type { IdFactory } from '../kernel/ids.ts';
import type { VenueClient, VenueEvent } from '../ports/venue-client.ts';
import type { Approvals, ApprovedOrder } from '../risk/types.ts';
import { createCancels } from './cancels.ts';
import { type AgentHolding, createOrderStore, nextAccepted, nextFilled, nextOrder } from './order-store.ts';
import { createProtection } from './protection.ts';
import {
  acceptedRecord,
  closedRecord,
  externalRecord,
  filledRecord,
  stopTightenedRecord,
  submittedRecord,
  unresolvedRecord,
} from './records.ts';
import { replayOrders } from './restore.ts';
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
  /** Order records of an earlier process, in the order of the journal: where that one ended this one goes on. Nothing of them is sent. */
  readonly restore?: Iterable<ExecutionRecord>;
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
  /** Asks the venue to cancel the open entries alone: what protects a position rests on. */
  cancelEntries(reason: string, ts: UnixMs): void;
  /**
   * Moves the stop of a position to the price of `approved`, an order of the gate that itself is never sent: the protection's own orders follow
   * it. Recorded before anything is canceled, so that a restart protects at the new price. Throws Fault('refused') when nothing is held with
   * a stop, or it is being closed. Answers where the stop was.
   */
  tightenStop(agentId: AgentId, instrumentId: InstrumentId, approved: ApprovedOrder, ts: UnixMs): Price;
  /**
   * Group of the stop and target that rest for a position; undefined when nothing is held or protected. A closing order that names it is one
   * set with them: what one of the set fills, the venue takes from the others in the same instant, so that nothing is ever closed twice and
   * nothing is bare while the closing order waits.
   */
  protectionOf(agentId: AgentId, instrumentId: InstrumentId): string | undefined;
  /** Sends or cancels what the protection of all positions lacks or has too much of; for a venue that was reconciled. */
  protectAll(ts: UnixMs): void;
  /** Of every agent in every instrument in which it has traded; below zero is owed. */
  holdings(): readonly AgentHolding[];
  /** Tries once more to protect what is held without a stop because the venue refused one. Once for each candle. */
  guard(ts: UnixMs): void;
  order(clientOrderId: ClientOrderId): TrackedOrder | undefined;
  /** Oldest first. */
  orders(): readonly TrackedOrder[];
  openOrders(): readonly TrackedOrder[];
  /** Unique fills in order of arrival. */
  fills(): readonly Fill[];
  /** Sum over unique fills of this agent in this instrument. */
  heldQuantity(agentId: AgentId, instrumentId: InstrumentId): Quantity;
  /** What of it is owed instead, after short sales. */
  owedQuantity(agentId: AgentId, instrumentId: InstrumentId): Quantity;
  /** The same in whole lots: what an exit may ask for. Equal to what is held when no rules were given. */
  sellableQuantity(agentId: AgentId, instrumentId: InstrumentId): Quantity;
  /** Events about orders that are not ours: kept for the reconciliation, never acted on. */
  foreignEvents(): readonly VenueEvent[];
  /** Stops listening to the venue. */
  close(): void;
};

/** What of a signed holding lies on the side of an entry. */
const above = (net: Decimal, side: Side): Quantity => quantity(max(ZERO, side === 'buy' ? net : negate(net)));

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
  restore = [],
}: ExecutionOptions): Execution {
  const rules = new Map(instruments.map((instrument) => [instrument.id, instrument]));
  const store = createOrderStore((id) => rules.get(id));
  const entries = new Map<ClientOrderId, ApprovedOrder>();
  const foreign: VenueEvent[] = [];

  /** After a restart a factory of ids may begin with ids that were used. */
  const unusedId = (): ClientOrderId => {
    for (;;) {
      const id = ids.clientOrderId();
      if (store.get(id) === undefined) return id;
    }
  };

  /** What of a position can be closed, by a sale after `buy` and a purchase after `sell`: whole lots. What is left over is dust and stays booked. */
  const closable = (agentId: AgentId, instrumentId: InstrumentId, entrySide: Side): Quantity => {
    const open = above(store.net(agentId, instrumentId), entrySide);
    const lot = rules.get(instrumentId)?.lotSize;
    return lot === undefined ? open : quantity(quantize(open, lot, 'floor'));
  };

  const send = (
    agentId: AgentId,
    instrumentId: InstrumentId,
    order: ApprovedOrder,
    ts: UnixMs,
    parent?: ClientOrderId,
  ): void => {
    const expiresAt = venue.expiry?.();
    const expiring = expiresAt === undefined ? {} : { expiresAt };
    const venueOrder = { agentId, instrumentId, order, submittedAt: ts, ...expiring };
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
      ...expiring,
    });
    if (purpose === 'entry') entries.set(clientOrderId, order);
    venue.submit(venueOrder);
  };

  const cancels = createCancels({ store, venue, record });

  const protection = createProtection({
    store,
    closable,
    cancel: (order, reason, ts) => cancels.request(order, reason, ts),
    derive: ({ agentId, instrumentId, entry }, { purpose, quantity: size }, ts, onId) => {
      const order = approvals.derive(entry, { purpose, clientOrderId: unusedId(), quantity: size });
      if (order === undefined) return;
      onId(order.clientOrderId);
      send(agentId, instrumentId, order, ts, entry.clientOrderId);
    },
    keepingStop: (entry, before) => approvals.keepingStop(entry, before),
    send,
    alone: venue.ungrouped === true,
  });

  const book = (after: TrackedOrder, fill: Fill): void => {
    record(filledRecord(after, fill));
    store.book(after, fill);
    onFill?.(fill);
    protection.filled(fill, entries.get(fill.clientOrderId));
  };

  /** The venue bought back what was owed: a fill of ours like any other, of an order that only the venue knew. */
  const onLiquidated = (fill: Fill): void => {
    if (store.hasFill(fill.tradeId)) return;
    const { clientOrderId, agentId, instrumentId, side, purpose } = fill;
    const filledQuantity = quantity(add(store.get(clientOrderId)?.filledQuantity ?? ZERO, fill.quantity));
    book(
      {
        clientOrderId,
        agentId,
        instrumentId,
        side,
        type: 'market',
        purpose,
        quantity: filledQuantity,
        reduceOnly: true,
        status: 'filled',
        filledQuantity,
        createdAt: fill.tsEvent,
        reason: 'liquidated by the venue',
      },
      fill,
    );
  };

  /** Somebody closed something of an agent's on the account: the books follow, and the protection shrinks. */
  const onExternal = (fill: Fill, ts: UnixMs): void => {
    if (store.hasFill(fill.tradeId)) return;
    record(externalRecord(fill, ts));
    store.bookExternal(fill);
    onFill?.(fill);
    protection.filled(fill, undefined);
  };

  const onEvent = (event: VenueEvent): void => {
    if (event.kind === 'filled' && event.liquidation === true) return onLiquidated(event.fill);
    if (event.kind === 'external') return onExternal(event.fill, event.ts);
    const order = store.get(event.clientOrderId);
    if (order === undefined) {
      foreign.push(event);
      return;
    }
    switch (event.kind) {
      case 'accepted': {
        const after = nextAccepted(order, event.venueOrderId);
        record(acceptedRecord(after, event.ts));
        store.put(after);
        return;
      }
      case 'outcome_unknown': {
        record(unresolvedRecord(order, event.reason, event.ts));
        store.put(nextOrder(order, 'outcome_unknown', event.reason));
        return;
      }
      case 'filled':
        if (!store.hasFill(event.fill.tradeId)) book(nextFilled(order, event.fill), event.fill);
        return;
      case 'canceled':
      case 'rejected': {
        const asked = order.status === 'pending_cancel' || order.cancelRequested === true;
        const reason = asked && order.reason !== undefined ? order.reason : event.reason;
        const after = nextOrder(order, event.kind, reason);
        record(closedRecord(after, event.kind, reason, event.ts));
        store.put(after);
        // What was never placed is decided anew, like what we took back ourselves.
        protection.ended(after, asked || (event.kind === 'rejected' && event.notPlaced === true), event.ts);
        return;
      }
      default: {
        const never: never = event;
        throw new Error(`unknown venue event ${JSON.stringify(never)}`);
      }
    }
  };

  /** Nothing new while nobody knows what became of an order in the same instrument. What only reduces may always go. */
  const newRiskProblem = (instrumentId: InstrumentId): string | undefined => {
    const unclear = store.open().find((order) => order.instrumentId === instrumentId && order.status === 'unresolved');
    return unclear === undefined
      ? venue.newRiskProblem?.(instrumentId)
      : `nobody knows yet what became of order ${unclear.clientOrderId} in ${instrumentId}`;
  };

  replayOrders(restore, {
    store,
    approvals,
    onEntry: (order) => entries.set(order.clientOrderId, order),
    onSubmitted: (order) => protection.rememberLeg(order),
    onFill: (fill) => protection.rememberFill(fill, entries.get(fill.clientOrderId)),
    onTightened({ clientOrderId, agentId, instrumentId, to }) {
      const entry = entries.get(clientOrderId as ClientOrderId);
      if (entry === undefined)
        throw new Error(`the journal moves the stop of ${clientOrderId}, which was never submitted`);
      const after = approvals.restored({ ...entry, stop: priceOf(to) });
      entries.set(after.clientOrderId, after);
      protection.cover(agentId as AgentId, instrumentId as InstrumentId, after);
    },
  });

  const close = venue.subscribe(onEvent);

  return {
    submit(agentId, instrumentId, approved, ts) {
      if (!approvals.isApproved(approved))
        throw new Error(`order ${approved.clientOrderId} does not carry the gate's approval`);
      if (store.get(approved.clientOrderId) !== undefined)
        throw new Error(`client order id ${approved.clientOrderId} was used before; an order is sent once`);
      const problem = approved.reduceOnly ? undefined : newRiskProblem(instrumentId);
      if (problem !== undefined) throw new Fault('refused', problem, 'Wait until this is known, or look at the venue.');
      if (approved.reduceOnly && protection.holdBack(agentId, instrumentId, approved, ts)) return;
      send(agentId, instrumentId, approved, ts);
    },
    tightenStop(agentId, instrumentId, approved, ts) {
      const before = protection.coverOf(agentId, instrumentId);
      if (before?.stop === undefined)
        throw new Fault(
          'refused',
          `no stop protects ${instrumentId} for ${agentId}, or the position is being closed`,
          'Look at the open orders again.',
        );
      const after = approvals.tightened(before, approved);
      record(stopTightenedRecord({ agentId, instrumentId }, before, after, ts));
      entries.set(after.clientOrderId, after);
      protection.cover(agentId, instrumentId, after);
      protection.protectAll(ts);
      return before.stop;
    },
    cancel(clientOrderId, reason, ts) {
      const order = store.get(clientOrderId);
      if (order !== undefined) cancels.request(order, reason, ts);
    },
    cancelAll(reason, ts) {
      protection.forget();
      cancels.requestEach(store.open(), reason, ts);
    },
    cancelEntries(reason, ts) {
      cancels.requestEach(
        store.open().filter(({ purpose }) => purpose === 'entry'),
        reason,
        ts,
      );
    },
    protectionOf: (agentId, instrumentId) => protection.groupOf(agentId, instrumentId),
    protectAll: (ts) => protection.protectAll(ts),
    holdings: () => store.holdings(),
    guard: (ts) => protection.guard(ts),
    order: (id) => store.get(id),
    orders: () => store.all(),
    openOrders: () => store.open(),
    fills: () => store.fills(),
    heldQuantity: (agentId, instrumentId) => above(store.net(agentId, instrumentId), 'buy'),
    owedQuantity: (agentId, instrumentId) => above(store.net(agentId, instrumentId), 'sell'),
    sellableQuantity: (agentId, instrumentId) => closable(agentId, instrumentId, 'buy'),
    foreignEvents: () => [...foreign],
    close,
  };
}
