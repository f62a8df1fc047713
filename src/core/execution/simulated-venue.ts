import type { ClosedCandle } from '../domain/candle.ts';
import {
  add,
  compare,
  type Decimal,
  isNegative,
  max,
  min,
  multiply,
  negate,
  quantizeFloat,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import { holdingChange } from '../domain/fill-amounts.ts';
import { type AgentId, type ClientOrderId, type TradeId, type UnixMs, unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { price as priceOf, type Quantity, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import { Fault } from '../kernel/fault.ts';
import type { IdFactory } from '../kernel/ids.ts';
import { createBook } from '../matching/book.ts';
import type { BookOrder, Depth, MatchRules, Outcome } from '../matching/types.ts';
import type { VenueClient, VenueEvent, VenueOrder } from '../ports/venue-client.ts';
import type { ProposedOrder } from '../risk/types.ts';
import { createEventQueue } from './event-queue.ts';
import { checkFees, type FeeSchedule, feeOf, flatFees } from './fees.ts';
import { depthOf, type OrderBook } from './venue-book.ts';
import { createMishaps, type VenueFaults } from './venue-faults.ts';
import { gridCandleOf, gridOf, halfSpreadOf, newOrderOf } from './venue-grid.ts';
import { createLender, type MarginAccount, reducible } from './venue-margin.ts';
import { type KeptOrder, LIQUIDATION, liquidationOf } from './venue-orders.ts';
import { checkCandle, checkFiner, refusalOf, tooSmall } from './venue-rules.ts';
import { checkHistory, type InstrumentLimits, limitsAt } from './versioned-limits.ts';

export type SimulatedVenueOptions = {
  readonly instrument: Instrument;
  /** Fee of maker and taker alike, in basis points of the notional, in quote; `fees` replaces it. */
  readonly feeBps: Decimal;
  readonly fees?: FeeSchedule;
  /** Half of the bid-ask spread in basis points; a taker pays it. Below 10,000. */
  readonly halfSpreadBps: Decimal;
  readonly ids: Pick<IdFactory, 'tradeId'>;
  /** Share of a candle's volume that orders here may take, above 0 up to 1; without it an order is filled whole. */
  readonly participation?: number;
  /** Fraction of the price that an order as large as the whole candle moves it by; see `MatchRules.impact`. */
  readonly impact?: number;
  /** Rules by date, oldest first; without it the instrument's own hold at all times. */
  readonly limitsHistory?: readonly InstrumentLimits[];
  readonly faults?: VenueFaults;
  /** Needed when the instrument has margin terms, and only then. */
  readonly margin?: MarginAccount;
  /** Told before each fill is published what of its price was half spread (rounding included) and own impact, in quote per unit. */
  readonly onCost?: (tradeId: TradeId, spread: Decimal, impact: Decimal) => void;
};

/** What survives a restart; also what a reconciliation compares with. */
export type VenueState = {
  readonly holding: Quantity;
  /** What is owed instead of held, on margin, and by whom. */
  readonly borrowed?: { readonly agentId: AgentId; readonly quantity: Quantity };
  readonly openOrders: readonly VenueOrder[];
};

export type SimulatedVenue = VenueClient & {
  /**
   * Runs one closed candle against the book; `finer` candles of the same time decide what its high and low leave open. Throws
   * Fault('bad_data') on an impossible or out-of-order candle, untouched, and likewise on a book that is crossed, empty or disordered.
   * With the order `book` as it stood at the open, whoever takes at that open takes level by level from it, each level a fill of its own.
   */
  onCandle(candle: ClosedCandle, finer?: readonly ClosedCandle[], book?: OrderBook): void;
  state(): VenueState;
  /** Takes over holding and resting orders after a restart; emits nothing. Throws when orders rest already. */
  restore(state: VenueState): void;
};

/**
 * A venue made of candles: decimals and events around the matching core, which decides the fills (see `matching/`). An order
 * sent after the close of candle t meets the market from candle t+1 on. It is deterministic: the same calls give the same events.
 *
 * Time: a fill at the open is dated with the candle's open time. A candle does not say when inside it a price was reached,
 * so whatever is decided inside is dated with the close time, the first moment at which it can be known. An acceptance or
 * cancellation between candles carries the caller's own moment. Time never runs backwards.
 *
 * Spot, unless the instrument has margin terms. Then a sale that is not reduce-only may borrow, if the equity covers the initial margin
 * at the price of the fill; interest is charged for each candle on the most that was borrowed after its open, at its close; and whatever
 * is borrowed is guarded by a stop of the venue's own at the price where the equity falls to the maintenance margin. Like any stop it
 * fills at the open that has jumped over it, and pays the taker's fee. Its fill carries a client order id that nobody has sent.
 */
export function createSimulatedVenue(options: SimulatedVenueOptions): SimulatedVenue {
  const { ids, participation, impact = 0, limitsHistory = [] } = options;
  if (participation !== undefined && !(participation > 0 && participation <= 1))
    throw new Fault(
      'usage',
      `a share of ${participation} of the volume is not above 0 and up to 1`,
      'Correct the limits.',
    );
  if (!(impact >= 0 && impact < 1))
    throw new Fault('usage', `an impact of ${impact} is not from 0 to below 1`, 'Correct the costs.');
  const fees = options.fees ?? flatFees(options.feeBps);
  checkFees(fees);
  checkHistory(limitsHistory);
  const grid = gridOf(options.instrument, limitsHistory);
  const rules: { -readonly [Field in keyof MatchRules]: MatchRules[Field] } = {
    halfSpread: halfSpreadOf(options.halfSpreadBps),
    participation: participation ?? Number.POSITIVE_INFINITY,
    impact,
    tickStep: 1,
  };
  const mishaps = createMishaps(options.faults);
  const events = createEventQueue<VenueEvent>();
  const book = createBook(rules);
  const lender = createLender(options.instrument, options.margin, fees, grid.tick);
  const kept = new Map<number, KeptOrder>();
  const numbers = new Map<ClientOrderId, number>();
  const groups = new Map<string, number>();
  const lateCancels = new Set<ClientOrderId>();
  let instrument = options.instrument;
  let holding: Decimal = ZERO;
  let mark: Decimal | undefined;
  let now: UnixMs = unixMs(0);
  let seenUntil: UnixMs | undefined;
  let chargedUntil: UnixMs | undefined;
  let borrower: AgentId | undefined;
  let liquidations = 0;

  const advance = (ts: UnixMs | undefined): void => {
    if (ts !== undefined && ts > now) now = ts;
    if (limitsHistory.length === 0) return;
    instrument = limitsAt(options.instrument, limitsHistory, now).instrument;
    rules.tickStep = grid.ticksOf(instrument.tickSize, 'the tick');
  };

  const idOf = (order: BookOrder): ClientOrderId => (kept.get(order.id) as KeptOrder).order.clientOrderId;

  const close = (order: BookOrder, reason: string): void => {
    const clientOrderId = idOf(order);
    book.remove(order.id);
    kept.delete(order.id);
    // Nobody has sent the venue's own order, so nobody is told that it is gone.
    if (order.id !== LIQUIDATION) events.publish({ kind: 'canceled', clientOrderId, ts: now, reason });
  };

  /** Nothing is left in the book. When that is because the other of its group took a part, the owner is told that the rest is gone. */
  const finish = (order: BookOrder, filled: Decimal, known: KeptOrder): void => {
    if (compare(filled, known.order.quantity) < 0) close(order, 'the other of its group took the rest');
    else kept.delete(order.id);
  };

  const groupOf = (name: string | undefined): number => {
    if (name === undefined) return 0;
    const known = groups.get(name) ?? groups.size + 1;
    groups.set(name, known);
    return known;
  };

  const rest = (venueOrder: VenueOrder, notionalUnchecked: boolean, rested: boolean): void => {
    const { order } = venueOrder;
    const id = numbers.size + 1;
    const made = newOrderOf(id, order, groupOf(order.group), grid);
    const delay = rested ? 0 : mishaps.latencyMs();
    numbers.set(order.clientOrderId, id);
    kept.set(id, {
      agentId: venueOrder.agentId,
      order,
      sent: venueOrder,
      arrivedAt: unixMs(now + delay),
      delayed: delay > 0,
      notionalUnchecked,
      filledLots: 0,
    });
    book.add(made, rested);
  };

  const execute = (outcome: Outcome): void => {
    const { order, taker } = outcome;
    if (outcome.kind === 'cancel') return close(order, outcome.reason);
    const known = kept.get(order.id) as KeptOrder;
    const { agentId, notionalUnchecked } = known;
    const { clientOrderId, side, purpose, reduceOnly, quantity: asked } = known.order;
    // What reduces never exceeds what is there: other orders may have filled meanwhile.
    const wanted = grid.quantityOf(outcome.lots);
    const reduces = lender === undefined ? side === 'sell' : reduceOnly;
    const size = reduces ? reducible(side, wanted, holding, grid.lot) : wanted;
    const lots = grid.lotsOf(size, 'the quantity');
    if (lots === 0) return close(order, 'nothing left to reduce');
    const paid = priceOf(grid.priceOf(outcome.ticks));
    const bounded = lots < outcome.lots;
    // The order as a whole is judged: the first of several levels may be smaller than the least order.
    const judged = bounded ? size : asked;
    const small = notionalUnchecked ? tooSmall(multiply(paid, judged), instrument) : undefined;
    if (small !== undefined) return close(order, small);
    const filled = quantity(size);
    const liquidity: Fill['liquidity'] = taker ? 'taker' : 'maker';
    const fee = feeOf(paid, filled, side, liquidity, fees, instrument);
    const feeInQuote = fee.asset === instrument.quote ? fee.amount : ZERO;
    const uncovered = side === 'sell' ? lender?.refusalOf(size, paid, feeInQuote, holding) : undefined;
    if (uncovered !== undefined) return close(order, uncovered);
    known.filledLots += lots;
    const gone = book.fill(order, lots);
    if (bounded) book.remove(order.id);
    const tradeId = ids.tradeId();
    const fill: Fill = {
      tradeId,
      clientOrderId,
      agentId,
      instrumentId: instrument.id,
      side,
      purpose,
      price: paid,
      quantity: filled,
      fee,
      liquidity,
      tsEvent: now,
    };
    holding = add(holding, holdingChange(fill, instrument));
    borrower = agentId;
    if (order.id === LIQUIDATION && order.lots === 0) liquidations += 1;
    options.onCost?.(tradeId, grid.priceOf(outcome.spreadTicks), grid.priceOf(outcome.impactTicks));
    const event: VenueEvent = {
      kind: 'filled',
      clientOrderId,
      ts: now,
      fill,
      ...(order.id === LIQUIDATION ? { liquidation: true } : {}),
    };
    events.publish(event);
    if (mishaps.repeats()) events.publish(event);
    if (bounded) close(order, 'the rest has nothing to reduce');
    else if (order.lots === 0) finish(order, grid.quantityOf(known.filledLots), known);
    for (const other of gone) close(other, 'the other of its group filled');
  };

  /** Renews the stop that guards what is borrowed; once it is triggered it stays until all is bought back. */
  const guard = (): void => {
    if (lender === undefined) return;
    const standing = book.get(LIQUIDATION);
    if (standing?.triggered === true && isNegative(holding)) return;
    if (standing !== undefined) book.remove(LIQUIDATION);
    kept.delete(LIQUIDATION);
    const trigger = lender.liquidationTicks(holding);
    if (trigger === undefined || borrower === undefined) return;
    const owed = quantity(negate(holding));
    book.add({ id: LIQUIDATION, side: 1, kind: 'stop', lots: grid.lotsOf(owed, 'what is borrowed'), trigger });
    kept.set(LIQUIDATION, liquidationOf(liquidations + 1, borrower, owed, priceOf(grid.priceOf(trigger))));
  };

  /** One order at a time, because each fill may add, resize or cancel others before the next one is looked for. */
  const runAll = (): void => {
    for (let next = book.next(); next !== undefined; next = book.next()) {
      execute({ ...next });
      guard();
    }
  };

  /** Why the account cannot borrow what an order would sell, as far as a price is known; its fill decides again. */
  const uncoveredBy = ({ side, reduceOnly, quantity: size, price }: ProposedOrder): string | undefined => {
    const at = mark ?? price;
    if (side === 'buy' || reduceOnly || at === undefined) return undefined;
    return lender?.refusalOf(size, at, ZERO, holding);
  };

  const cancelNow = (clientOrderId: ClientOrderId): void => {
    const order = book.get(numbers.get(clientOrderId) ?? 0);
    if (order !== undefined) close(order, 'requested');
  };

  /**
   * A candle that opened before the order came fills nothing of it: its open, high and low may lie before the order. One that was
   * sent with a delay misses the open only, because its delay is shorter than a candle and its arrival is known.
   */
  const dormantIn =
    (candle: ClosedCandle) =>
    (order: BookOrder): boolean => {
      const { arrivedAt, delayed } = kept.get(order.id) as KeptOrder;
      const tooLate = delayed ? arrivedAt >= candle.closeTime : arrivedAt > candle.openTime;
      if (order.arrived === 'between' && tooLate) return true;
      if (delayed && !order.rested && arrivedAt > candle.openTime) order.arrived = 'inside';
      return false;
    };

  const runCandle = (candle: ClosedCandle, depth: Depth | undefined): void => {
    const onGrid = gridCandleOf(candle, grid, participation !== undefined || impact > 0);
    onGrid.depth = depth;
    const closePrice = quantizeFloat(candle.close, instrument.tickSize, 'half-up');
    try {
      advance(candle.openTime);
      // What stayed borrowed through a hole in the data is charged at the last price before it.
      if (chargedUntil !== undefined && chargedUntil < candle.openTime)
        lender?.charge(holding, mark ?? closePrice, chargedUntil, candle.openTime);
      guard();
      book.open(onGrid, dormantIn(candle));
      runAll();
      for (const id of lateCancels) cancelNow(id);
      lateCancels.clear();
      const afterOpen = holding;
      book.inside();
      advance(candle.closeTime);
      runAll();
      lender?.charge(min(afterOpen, holding), closePrice, candle.openTime, candle.closeTime);
      chargedUntil = candle.closeTime;
    } finally {
      book.close();
    }
  };

  return {
    name: 'simulated',
    subscribe: (listener) => events.subscribe(listener),
    submit(venueOrder) {
      const { clientOrderId, price } = venueOrder.order;
      advance(venueOrder.submittedAt);
      const refuse = (reason: string): void => events.publish({ kind: 'rejected', clientOrderId, ts: now, reason });
      if (numbers.has(clientOrderId)) return refuse('duplicate client order id');
      const refusal = refusalOf(venueOrder, instrument, holding, mark) ?? uncoveredBy(venueOrder.order);
      if (refusal !== undefined) return refuse(refusal);
      if (mishaps.rejects()) return refuse('the venue is overloaded');
      try {
        rest(venueOrder, price === undefined && mark === undefined, false);
      } catch (error) {
        if (error instanceof Fault) return refuse(error.message);
        throw error;
      }
      events.publish({ kind: 'accepted', clientOrderId, ts: now });
    },
    cancel(clientOrderId, requestedAt) {
      advance(requestedAt);
      if (mishaps.cancelsLate()) lateCancels.add(clientOrderId);
      else cancelNow(clientOrderId);
    },
    onCandle(candle, finer, orderBook) {
      checkCandle(candle, seenUntil);
      if (finer !== undefined) checkFiner(candle, finer);
      let depth = orderBook === undefined ? undefined : depthOf(orderBook, grid);
      seenUntil = candle.closeTime;
      try {
        for (const one of finer ?? [candle]) {
          runCandle(one, depth);
          // Only the first of the finer candles opens when the book was seen.
          depth = undefined;
        }
      } finally {
        mark = quantizeFloat(candle.close, instrument.tickSize, 'half-up');
      }
    },
    state: () => ({
      holding: quantity(max(ZERO, holding)),
      ...(isNegative(holding) && borrower !== undefined
        ? { borrowed: { agentId: borrower, quantity: quantity(negate(holding)) } }
        : {}),
      openOrders: book.orders().flatMap((order) => kept.get(order.id)?.sent ?? []),
    }),
    restore(state) {
      if (book.size > 0) throw new Error('restore needs an empty book');
      holding = subtract(state.holding, state.borrowed?.quantity ?? ZERO);
      borrower = state.borrowed?.agentId;
      for (const venueOrder of state.openOrders) {
        advance(venueOrder.submittedAt);
        rest(venueOrder, false, true);
      }
    },
  };
}
