import type { Asker, Mode } from '../automation/types.ts';
import type { TradingAccount } from '../cycle/account.ts';
import type { FactSink } from '../cycle/cycle-journal.ts';
import { approvedPayload, noteOutcome, type ReservedVerdict, reserving, wouldReserve } from '../cycle/reserving.ts';
import { type TightenedStop, tightenStop } from '../cycle/tighten-stop.ts';
import { type Decimal, equals, formatDecimal, isZero } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Price, Quantity } from '../domain/money.ts';
import { createExecution, type Execution } from '../execution/execution.ts';
import type { ExecutionRecord, TrackedOrder } from '../execution/types.ts';
import { Fault } from '../kernel/fault.ts';
import type { IdFactory } from '../kernel/ids.ts';
import { entryPayload } from '../ledger/payload.ts';
import type { VenueClient } from '../ports/venue-client.ts';
import type { Breach } from '../risk/breakers.ts';
import { collared } from '../risk/collared.ts';
import { createGate } from '../risk/gate.ts';
import type { RiskLimits } from '../risk/risk-limits.ts';
import { approvals } from '../risk/seal.ts';
import { standardChecks } from '../risk/standard-checks.ts';
import type { ApprovedOrder, ProposedOrder, RiskView, TradingState } from '../risk/types.ts';
import type { RiskEnvelope } from '../spawner/types.ts';
import { createManualRisk } from './manual-risk.ts';
import { lotsFor, type OrderEstimate, orderEstimate } from './order-estimate.ts';
import { proposalOf, waitingOrder } from './proposal.ts';
import { remedyOf } from './remedies.ts';
import type { ManualOrder, Quote } from './types.ts';

export type ManualDeskOptions = {
  /** Under which the master's own orders stand in the records. */
  readonly agentId: AgentId;
  readonly venue: VenueClient;
  readonly account: TradingAccount;
  readonly instruments: readonly Instrument[];
  readonly ids: IdFactory;
  readonly journal: FactSink;
  /** The limits of one order by hand; the account's own hold beside them. */
  readonly envelope: RiskEnvelope;
  readonly feeBps: Decimal;
  readonly limits: () => RiskLimits;
  readonly tradingState: () => TradingState;
  /** The engine's mode; full when absent. */
  readonly mode?: () => Mode;
  /** Whose hand gives the order; the master's own when absent. */
  readonly asker?: () => Asker;
  readonly reconciled: () => boolean;
  readonly quote: (instrumentId: InstrumentId) => Quote | undefined;
  readonly maxDataAgeMs: number;
  /** Where the orders go: to a live venue a market order goes as a limit at the collar that does not rest. */
  readonly kind: RiskView['venue'];
  /** Why the prices of an instrument must not be trusted now; null when nothing is known. */
  readonly dataFault: (instrumentId: InstrumentId) => string | null;
  /** Why nothing new may be bought on this account at all; undefined when it may. */
  readonly locked?: () => string | undefined;
  /** Order records of earlier processes, oldest first. */
  readonly restore?: readonly ExecutionRecord[];
};

/** Id of an order that is only looked at. */
const NOT_SENT = 'mt0000000000000000' as ClientOrderId;

export type Placed = { readonly order: TrackedOrder; readonly checks: readonly string[] };

/** The master's own way to a venue: the same gate, execution, ledger and journal as an agent's. */
export type ManualDesk = {
  /**
   * Sends an order or throws Fault `refused` with the check that refused it, which is recorded; nothing was sent then. One whose id is known
   * already is answered as it stands and not sent again.
   */
  place(order: ManualOrder, now: UnixMs): Placed;
  /** What `place` would be answered now and what the order would cost and risk; nothing is recorded, reserved or sent. */
  preview(order: ManualOrder, now: UnixMs): OrderEstimate;
  /** Whole lots that an amount of the quote asset pays for at the limit, or at the newest price without one. */
  quantityFor(amount: Decimal, instrumentId: InstrumentId, limit?: Price): Quantity;
  /** Throws Fault `not_found` for an order that is not this desk's, `refused` for one that is closed. */
  cancel(clientOrderId: ClientOrderId, now: UnixMs, reason?: string): void;
  /** Sells what is held of an instrument; its protection rests until the sale fills. */
  close(instrumentId: InstrumentId, now: UnixMs, clientOrderId?: ClientOrderId): Placed;
  /** Moves the stop of what is held toward less risk. Throws Fault('refused'), see `tightenStop`. */
  tightenStop(instrumentId: InstrumentId, stop: Price, now: UnixMs): TightenedStop;
  cancelAll(reason: string, now: UnixMs): void;
  /** Takes account of what happened at the venue: call it after each candle or event. */
  settle(now: UnixMs): void;
  /** The account has begun anew, with nothing held and nothing open: what is lost counts from here. */
  beginAnew(): void;
  held(instrumentId: InstrumentId): Quantity;
  /** Why the account has to be stopped, as far as it holds something by hand. */
  breach(): Breach | undefined;
  readonly agentId: AgentId;
  readonly execution: Pick<
    Execution,
    'orders' | 'openOrders' | 'fills' | 'order' | 'holdings' | 'protectAll' | 'sellableQuantity'
  >;
  dispose(): void;
};

export function openManualDesk(options: ManualDeskOptions): ManualDesk {
  const { agentId, venue, account, instruments, ids, journal } = options;
  const byId = new Map(instruments.map((instrument) => [instrument.id, instrument]));
  const gate = createGate(standardChecks);
  const execution = createExecution({
    venue,
    ids,
    approvals,
    instruments,
    restore: options.restore ?? [],
    record: (record) => {
      journal.writeAll([record]);
      noteOutcome(account.reservations, record);
    },
    onFill: (fill) => {
      const entry = account.book(fill, instrumentOf(fill.instrumentId));
      if (entry !== undefined) journal.write('ledger.posted', fill.tsEvent, entryPayload(entry));
    },
  });

  function instrumentOf(id: InstrumentId): Instrument {
    const found = byId.get(id);
    if (found === undefined)
      throw new Fault('not_found', `${id} is not listed here`, 'see mt data ls or the market screen');
    return found;
  }

  function quoteOf(instrument: Instrument): Quote {
    const quote = options.quote(instrument.id);
    if (quote !== undefined) return quote;
    throw new Fault(
      'bad_data',
      `no price of ${instrument.symbol} is known`,
      'wait for the market data, then give the order again',
    );
  }

  const held = (id: InstrumentId): Quantity => execution.heldQuantity(agentId, id);
  const withReservation = reserving(agentId, account, options.limits);
  const wouldHaveRoom = wouldReserve(agentId, account, options.limits);
  const risk = createManualRisk({ ...options, execution, quoteOf });
  const reserve = (): void => risk.tellAccount();

  /** A live venue refuses what is unclear there; that is a denial too, and nothing was sent. */
  const submit = (order: ApprovedOrder, instrument: Instrument, now: UnixMs): void => {
    try {
      execution.submit(agentId, instrument.id, order, now);
    } catch (error) {
      if (error instanceof Fault && error.code === 'refused')
        journal.write('risk.denied', now, {
          agentId,
          purpose: order.purpose,
          check: 'order-protocol',
          reason: error.message,
        });
      throw error;
    }
  };

  /** The gate's answer with what it looked at; `room` says whether the account has room for it. */
  const judge = (asked: ProposedOrder, instrument: Instrument, now: UnixMs, room: typeof withReservation) => {
    const quote = quoteOf(instrument);
    const order = options.kind === 'live' ? collared(asked, quote.price, instrument, options.limits()) : asked;
    const locked = order.reduceOnly ? undefined : options.locked?.();
    const view = risk.view(order, instrument, quote, now);
    const verdict: ReservedVerdict =
      locked === undefined
        ? room(gate(order, view), order, view)
        : { kind: 'denied', check: 'validation-gate', reason: locked };
    return { quote, order, view, verdict };
  };

  /** Judged, recorded and sent in one go. */
  const send = (asked: ProposedOrder, instrument: Instrument, now: UnixMs): Placed => {
    const { quote, order, verdict } = judge(asked, instrument, now, withReservation);
    if (verdict.kind === 'denied') {
      const { check, reason } = verdict;
      journal.write('risk.denied', now, { agentId, purpose: order.purpose, check, reason });
      throw new Fault(
        'refused',
        `the risk gate refused the order: ${reason} (${check})`,
        remedyOf(check, `${formatDecimal(quote.price)} ${instrument.quote}`),
      );
    }
    try {
      journal.write('risk.approved', now, approvedPayload(agentId, order, verdict));
      submit(verdict.order, instrument, now);
    } catch (error) {
      // What was never sent keeps nothing.
      if (execution.order(order.clientOrderId) === undefined)
        account.reservations.note({ kind: 'closed', clientOrderId: order.clientOrderId });
      throw error;
    }
    risk.sent(order, instrument, now);
    reserve();
    return {
      order: execution.order(order.clientOrderId) ?? waitingOrder(order, agentId, instrument.id, now),
      checks: verdict.checks,
    };
  };

  const groupOf = (side: ManualOrder['side'], instrumentId: InstrumentId): Pick<ProposedOrder, 'group'> => {
    const group = side === 'sell' ? execution.protectionOf(agentId, instrumentId) : undefined;
    return group === undefined ? {} : { group };
  };

  // One set with what protects the position: what the sale fills is taken from the stop and the target in the same instant.
  const proposed = (order: ManualOrder, id: ClientOrderId): ProposedOrder => ({
    ...proposalOf(order, id),
    ...groupOf(order.side, order.instrumentId),
  });

  const noTargetAtVenue = (order: ManualOrder): void => {
    if (options.kind === 'live' && order.take !== undefined)
      throw new Fault(
        'refused',
        'at a venue only the stop rests: a target beside it could sell what the stop sells already',
        'leave the target out, and close at it: mt order close',
      );
  };
  /** What was sent under this id already. Throws Fault `usage` when that was something else. */
  const earlier = (
    id: ClientOrderId | undefined,
    asked: Pick<ManualOrder, 'instrumentId' | 'side'> & { readonly quantity?: Quantity },
  ): Placed | undefined => {
    const order = id === undefined ? undefined : execution.order(id);
    if (order === undefined) return undefined;
    const { instrumentId, side, quantity: size = order.quantity } = asked;
    if (order.instrumentId === instrumentId && order.side === side && equals(order.quantity, size))
      return { order, checks: [] };
    throw new Fault('usage', `order ${id} is another one`, 'take a new key for each order; nothing was sent');
  };

  return {
    place(order, now) {
      noTargetAtVenue(order);
      const known = earlier(order.clientOrderId, order);
      if (known !== undefined) return known;
      const id = order.clientOrderId ?? ids.clientOrderId();
      return send(proposed(order, id), instrumentOf(order.instrumentId), now);
    },
    preview(asked, now) {
      noTargetAtVenue(asked);
      const instrument = instrumentOf(asked.instrumentId);
      const { quote, order, view, verdict } = judge(proposed(asked, NOT_SENT), instrument, now, wouldHaveRoom);
      const remedy =
        verdict.kind === 'denied' ? remedyOf(verdict.check, `${formatDecimal(quote.price)} ${instrument.quote}`) : null;
      return { ...orderEstimate(order, view), verdict, remedy };
    },
    quantityFor(amount, instrumentId, limit) {
      const instrument = instrumentOf(instrumentId);
      return lotsFor(amount, limit ?? quoteOf(instrument).price, options.feeBps, instrument);
    },
    cancel(clientOrderId, now, reason = 'canceled by hand') {
      const order = execution.order(clientOrderId);
      if (order === undefined)
        throw new Fault('not_found', `there is no order ${clientOrderId} by hand`, 'list them: mt order ls');
      if (!execution.openOrders().includes(order))
        throw new Fault('refused', `order ${clientOrderId} is ${order.status} already`, 'there is nothing to cancel');
      execution.cancel(clientOrderId, reason, now);
      reserve();
    },
    close(instrumentId, now, clientOrderId) {
      const known = earlier(clientOrderId, { instrumentId, side: 'sell' });
      if (known !== undefined) return known;
      const instrument = instrumentOf(instrumentId);
      const size = execution.sellableQuantity(agentId, instrumentId);
      if (isZero(size))
        throw new Fault('refused', `nothing of ${instrument.symbol} is held by hand`, 'list holdings: mt order ls');
      const sale = proposed({ instrumentId, side: 'sell', quantity: size }, clientOrderId ?? ids.clientOrderId());
      return send(sale, instrument, now);
    },
    tightenStop(instrumentId, stop, now) {
      const instrument = instrumentOf(instrumentId);
      const quote = quoteOf(instrument);
      // On a simulated market it counts from the newest candle on, so that nothing is bare inside the one that runs.
      const at = options.kind === 'live' ? now : quote.at;
      const view = (order: ProposedOrder) => risk.view(order, instrument, quote, now);
      const newId = () => ids.clientOrderId();
      const moved = tightenStop({ agentId, instrument, execution, journal, newId, view }, stop, at);
      reserve();
      return moved;
    },
    cancelAll(reason, now) {
      execution.cancelAll(reason, now);
      reserve();
    },
    settle(now) {
      execution.guard(now);
      reserve();
    },
    beginAnew: () => risk.beginAnew(),
    held,
    agentId,
    breach: () => risk.breach(),
    execution,
    dispose: () => execution.close(),
  };
}
