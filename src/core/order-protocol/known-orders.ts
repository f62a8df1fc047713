import { add, compare, isPositive } from '../domain/decimal.ts';
import type { ClientOrderId, TradeId, UnixMs } from '../domain/ids.ts';
import type { Fill } from '../domain/order.ts';
import { type OrderFact, withFact } from '../execution/order-facts.ts';
import type { VenueEvent } from '../ports/venue-client.ts';
import type { OrderReport, TradeReport } from '../ports/venue-gateway.ts';
import { endOf, isOver, type KnownOrder, tradedOf } from './known-order.ts';

/** Trades whose order is not known yet are kept for a while: the acknowledgement may be slower than the trade. */
const MOST_LOOSE = 10_000;

export type KnownOrdersOptions = {
  /** To execution, which journals what it hears before anything follows from it. */
  readonly tell: (event: VenueEvent) => void;
  readonly now: () => UnixMs;
  /** An order on the account that is not ours. */
  readonly onForeign: (order: OrderReport) => void;
  /** The venue says something that cannot be true together with what it said before. Nothing is booked; nothing new may be sent. */
  readonly onContradiction: (reason: string) => void;
  /**
   * A stop was canceled and not by us: perhaps by hand, together with a sale. Its end is told by `checked`, after the account was looked at, so
   * that nobody closes a position that is closed already.
   */
  readonly onStopLost: (order: KnownOrder) => void;
};

/** All our orders at one venue, and the one door through which its word about them comes in: late, twice, in any order. */
export type KnownOrders = {
  add(order: KnownOrder): void;
  get(clientOrderId: ClientOrderId): KnownOrder | undefined;
  all(): readonly KnownOrder[];
  /** Those of which something may still come. */
  unfinished(): readonly KnownOrder[];
  /** Undefined when the order is foreign. */
  report(report: OrderReport): KnownOrder | undefined;
  trade(trade: TradeReport): KnownOrder | undefined;
  /** The answer to our own request says what this order is called at the venue. */
  acknowledge(order: KnownOrder, venueOrderId: string): void;
  /** Never placed, by our own conclusion. */
  neverPlaced(order: KnownOrder, reason: string): void;
  /** Refused for sure, or gone. */
  conclude(order: KnownOrder, end: 'canceled' | 'rejected', reason: string): void;
  /** Nobody knows whether the venue has it. */
  doubt(order: KnownOrder, reason: string): void;
  /** The account was looked at: the end of a lost stop may be told. */
  checked(order: KnownOrder): void;
};

/** Unique over venue, instrument and the venue's own trade id; the instrument's id names its venue. */
export const tradeIdOf = ({ instrumentId, tradeId }: Pick<TradeReport, 'instrumentId' | 'tradeId'>): TradeId =>
  `${instrumentId} ${tradeId}` as TradeId;

export function createKnownOrders({
  tell,
  now,
  onForeign,
  onContradiction,
  onStopLost,
}: KnownOrdersOptions): KnownOrders {
  const orders = new Map<string, KnownOrder>();
  const byVenueId = new Map<string, KnownOrder>();
  const loose = new Map<string, TradeReport[]>();
  const open = new Set<KnownOrder>();
  let looseCount = 0;

  const find = (clientOrderId: string | undefined, venueOrderId: string): KnownOrder | undefined =>
    clientOrderId === undefined ? byVenueId.get(venueOrderId) : orders.get(clientOrderId);

  /** Tells what is new since the last time. What we have told as refused stays refused: anything else is a contradiction. */
  const announce = (order: KnownOrder): void => {
    const { told, clientOrderId } = order;
    if (told.end === 'rejected') {
      if (order.exists)
        onContradiction(`order ${clientOrderId} was taken for not placed, and the venue shows it after all`);
      return;
    }
    if (order.exists && (!told.accepted || told.unknown)) {
      told.accepted = true;
      told.unknown = false;
      const named = order.venueOrderId === undefined ? {} : { venueOrderId: order.venueOrderId };
      tell({ kind: 'accepted', clientOrderId, ts: now(), ...named });
    }
    while (told.fills < order.fills.length) {
      const fill = order.fills[told.fills] as Fill;
      told.fills += 1;
      tell({ kind: 'filled', clientOrderId, ts: fill.tsEvent, fill });
    }
    const end = endOf(order);
    // The end is told after everything that was traded, so that what is held is right when something follows from the end.
    if (!isOver(order)) return;
    if (
      end === 'canceled' &&
      told.end === undefined &&
      !order.cancelWanted &&
      !order.checked &&
      order.purpose === 'stop'
    ) {
      onStopLost(order);
      return;
    }
    open.delete(order);
    if (told.end !== undefined || end === undefined || end === 'filled') return;
    told.end = end;
    const reason = order.endReason ?? `${end} by the venue`;
    const ts = order.endedAt ?? now();
    if (end === 'canceled') tell({ kind: end, clientOrderId, ts, reason });
    else tell({ kind: end, clientOrderId, ts, reason, ...(order.notPlaced ? { notPlaced: true } : {}) });
  };

  const note = (order: KnownOrder, fact: OrderFact): void => {
    order.facts = withFact(order.facts, fact);
  };

  const heard = (order: KnownOrder, venueOrderId: string): void => {
    order.evidence += 1;
    order.doubted = false;
    if (order.venueOrderId === undefined) order.venueOrderId = venueOrderId;
    byVenueId.set(venueOrderId, order);
    const waiting = loose.get(venueOrderId);
    if (waiting === undefined) return;
    loose.delete(venueOrderId);
    looseCount -= waiting.length;
    for (const trade of waiting) book(order, trade);
  };

  /** Books a trade once. Its order exists, whatever else is known. */
  const book = (order: KnownOrder, trade: TradeReport): void => {
    if (trade.instrumentId !== order.instrumentId || trade.side !== order.side)
      return onContradiction(`trade ${trade.tradeId} does not fit order ${order.clientOrderId}`);
    const tradeId = tradeIdOf(trade);
    const { price, quantity } = trade;
    const isNew = !order.facts.fills.has(tradeId);
    if (isNew && compare(add(tradedOf(order), quantity), order.quantity) > 0)
      return onContradiction(`trade ${trade.tradeId} fills order ${order.clientOrderId} beyond its quantity`);
    try {
      note(order, { kind: 'fill', tradeId, price, quantity });
    } catch {
      return onContradiction(`trade ${trade.tradeId} was reported twice with different numbers`);
    }
    order.exists = true;
    if (!isNew) return;
    const { clientOrderId, agentId, instrumentId, side, purpose } = order;
    order.fills.push({
      tradeId,
      clientOrderId,
      agentId,
      instrumentId,
      side,
      purpose,
      price,
      quantity,
      fee: trade.fee,
      liquidity: trade.liquidity,
      tsEvent: trade.ts,
    });
  };

  const take = (order: KnownOrder, report: OrderReport): void => {
    if (report.instrumentId !== order.instrumentId || report.side !== order.side)
      return onContradiction(`the venue shows order ${order.clientOrderId} with another instrument or side`);
    if (compare(report.filledQuantity, order.quantity) > 0)
      return onContradiction(`the venue counts more for order ${order.clientOrderId} than was ordered`);
    heard(order, report.venueOrderId);
    const refused = report.status === 'rejected' && !isPositive(report.filledQuantity);
    if (!refused) {
      order.exists = true;
      note(order, { kind: 'accepted' });
    }
    note(order, { kind: 'reported', filled: report.filledQuantity });
    if (report.status === 'open') return;
    // Filled to less than was ordered, and closed: the rest will not come.
    const short = report.status === 'filled' && compare(report.filledQuantity, order.quantity) < 0;
    if (short) note(order, { kind: 'canceled' });
    else if (report.status !== 'filled') note(order, { kind: report.status });
    order.endReason ??= report.reason ?? `${short ? 'closed' : report.status} by the venue`;
    order.endedAt ??= report.updatedAt;
  };

  return {
    add(order) {
      orders.set(order.clientOrderId, order);
      if (!isOver(order)) open.add(order);
      if (order.venueOrderId !== undefined) byVenueId.set(order.venueOrderId, order);
    },
    get: (id) => orders.get(id),
    all: () => [...orders.values()],
    unfinished: () => [...open],
    report(report) {
      const order = find(report.clientOrderId, report.venueOrderId);
      if (order === undefined) {
        onForeign(report);
        return undefined;
      }
      take(order, report);
      announce(order);
      return order;
    },
    trade(trade) {
      const order = find(trade.clientOrderId, trade.venueOrderId) ?? byVenueId.get(trade.venueOrderId);
      if (order === undefined) {
        if (trade.clientOrderId === undefined && looseCount < MOST_LOOSE) {
          const same = loose.get(trade.venueOrderId) ?? [];
          if (same.some(({ tradeId }) => tradeId === trade.tradeId)) return undefined;
          loose.set(trade.venueOrderId, [...same, trade]);
          looseCount += 1;
        }
        return undefined;
      }
      heard(order, trade.venueOrderId);
      book(order, trade);
      announce(order);
      return order;
    },
    acknowledge(order, venueOrderId) {
      heard(order, venueOrderId);
      order.exists = true;
      note(order, { kind: 'accepted' });
      announce(order);
    },
    neverPlaced(order, reason) {
      order.notPlaced = true;
      this.conclude(order, 'rejected', reason);
    },
    conclude(order, end, reason) {
      note(order, { kind: end });
      order.endReason ??= reason;
      announce(order);
    },
    checked(order) {
      order.checked = true;
      announce(order);
    },
    doubt(order, reason) {
      if (order.told.unknown || order.exists || order.told.end !== undefined) return;
      order.told.unknown = true;
      tell({ kind: 'outcome_unknown', clientOrderId: order.clientOrderId, ts: now(), reason });
    },
  };
}
