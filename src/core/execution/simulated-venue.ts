import type { ClosedCandle } from '../domain/candle.ts';
import { add, compare, type Decimal, min, multiply, quantize, quantizeFloat, ZERO } from '../domain/decimal.ts';
import { holdingChange } from '../domain/fill-amounts.ts';
import { type ClientOrderId, type TradeId, type UnixMs, unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { price as priceOf, type Quantity, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import { Fault } from '../kernel/fault.ts';
import type { IdFactory } from '../kernel/ids.ts';
import { createBook } from '../matching/book.ts';
import type { BookOrder, Depth, MatchRules, Outcome } from '../matching/types.ts';
import type { VenueClient, VenueEvent, VenueOrder } from '../ports/venue-client.ts';
import { createEventQueue } from './event-queue.ts';
import { checkFees, type FeeSchedule, feeOf, flatFees } from './fees.ts';
import { depthOf, type OrderBook } from './venue-book.ts';
import { createMishaps, type VenueFaults } from './venue-faults.ts';
import { gridCandleOf, gridOf, halfSpreadOf, newOrderOf } from './venue-grid.ts';
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
  /** Told before each fill is published what of its price was half spread (rounding included) and own impact, in quote per unit. */
  readonly onCost?: (tradeId: TradeId, spread: Decimal, impact: Decimal) => void;
};

/** What survives a restart; also what a reconciliation compares with. */
export type VenueState = { readonly holding: Quantity; readonly openOrders: readonly VenueOrder[] };

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

/** What the venue remembers of an order beside what the book does. */
type Kept = {
  readonly venueOrder: VenueOrder;
  readonly arrivedAt: UnixMs;
  readonly delayed: boolean;
  /** No price was known at submission: the minimum notional is checked when it fills. */
  readonly notionalUnchecked: boolean;
  filledLots: number;
};

/**
 * A venue made of candles, for spot: decimals and events around the matching core, which decides the fills (see `matching/`). An order
 * sent after the close of candle t meets the market from candle t+1 on. It is deterministic: the same calls give the same events.
 *
 * Time: a fill at the open is dated with the candle's open time. A candle does not say when inside it a price was reached,
 * so whatever is decided inside is dated with the close time, the first moment at which it can be known. An acceptance or
 * cancellation between candles carries the caller's own moment. Time never runs backwards.
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
  const kept = new Map<number, Kept>();
  const numbers = new Map<ClientOrderId, number>();
  const groups = new Map<string, number>();
  const lateCancels = new Set<ClientOrderId>();
  let instrument = options.instrument;
  let holding: Decimal = ZERO;
  let mark: Decimal | undefined;
  let now: UnixMs = unixMs(0);
  let seenUntil: UnixMs | undefined;

  const advance = (ts: UnixMs | undefined): void => {
    if (ts !== undefined && ts > now) now = ts;
    if (limitsHistory.length === 0) return;
    instrument = limitsAt(options.instrument, limitsHistory, now).instrument;
    rules.tickStep = grid.ticksOf(instrument.tickSize, 'the tick');
  };

  const idOf = (order: BookOrder): ClientOrderId => (kept.get(order.id) as Kept).venueOrder.order.clientOrderId;

  const close = (order: BookOrder, reason: string): void => {
    const clientOrderId = idOf(order);
    book.remove(order.id);
    kept.delete(order.id);
    events.publish({ kind: 'canceled', clientOrderId, ts: now, reason });
  };

  /** Nothing is left in the book. When that is because the other of its group took a part, the owner is told that the rest is gone. */
  const finish = (order: BookOrder, filled: Decimal, { venueOrder }: Kept): void => {
    if (compare(filled, venueOrder.order.quantity) < 0) close(order, 'the other of its group took the rest');
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
    kept.set(id, { venueOrder, arrivedAt: unixMs(now + delay), delayed: delay > 0, notionalUnchecked, filledLots: 0 });
    book.add(made, rested);
  };

  const execute = (outcome: Outcome): void => {
    const { order, taker } = outcome;
    if (outcome.kind === 'cancel') return close(order, outcome.reason);
    const known = kept.get(order.id) as Kept;
    const { venueOrder, notionalUnchecked } = known;
    const { agentId, instrumentId } = venueOrder;
    const { clientOrderId, side, purpose } = venueOrder.order;
    // A sale never exceeds what is held: other orders may have sold meanwhile.
    const wanted = grid.quantityOf(outcome.lots);
    const size = side === 'sell' ? min(wanted, quantize(holding, grid.lot, 'floor')) : wanted;
    const lots = grid.lotsOf(size, 'the quantity');
    if (lots === 0) return close(order, 'nothing left to reduce');
    const paid = priceOf(grid.priceOf(outcome.ticks));
    const bounded = lots < outcome.lots;
    // The order as a whole is judged: the first of several levels may be smaller than the least order.
    const judged = bounded ? size : venueOrder.order.quantity;
    const small = notionalUnchecked ? tooSmall(multiply(paid, judged), instrument) : undefined;
    if (small !== undefined) return close(order, small);
    known.filledLots += lots;
    const gone = book.fill(order, lots);
    if (bounded) book.remove(order.id);
    const filled = quantity(size);
    const liquidity: Fill['liquidity'] = taker ? 'taker' : 'maker';
    const fee = feeOf(paid, filled, side, liquidity, fees, instrument);
    const tradeId = ids.tradeId();
    const fill: Fill = {
      tradeId,
      clientOrderId,
      agentId,
      instrumentId,
      side,
      purpose,
      price: paid,
      quantity: filled,
      fee,
      liquidity,
      tsEvent: now,
    };
    holding = add(holding, holdingChange(fill, instrument));
    options.onCost?.(tradeId, grid.priceOf(outcome.spreadTicks), grid.priceOf(outcome.impactTicks));
    const event: VenueEvent = { kind: 'filled', clientOrderId, ts: now, fill };
    events.publish(event);
    if (mishaps.repeats()) events.publish(event);
    if (bounded) close(order, 'the rest has nothing to reduce');
    else if (order.lots === 0) finish(order, grid.quantityOf(known.filledLots), known);
    for (const other of gone) close(other, 'the other of its group filled');
  };

  /** One order at a time, because each fill may add, resize or cancel others before the next one is looked for. */
  const runAll = (): void => {
    for (let next = book.next(); next !== undefined; next = book.next()) execute({ ...next });
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
      const { arrivedAt, delayed } = kept.get(order.id) as Kept;
      const tooLate = delayed ? arrivedAt >= candle.closeTime : arrivedAt > candle.openTime;
      if (order.arrived === 'between' && tooLate) return true;
      if (delayed && !order.rested && arrivedAt > candle.openTime) order.arrived = 'inside';
      return false;
    };

  const runCandle = (candle: ClosedCandle, depth: Depth | undefined): void => {
    const onGrid = gridCandleOf(candle, grid, participation !== undefined || impact > 0);
    onGrid.depth = depth;
    try {
      advance(candle.openTime);
      book.open(onGrid, dormantIn(candle));
      runAll();
      for (const id of lateCancels) cancelNow(id);
      lateCancels.clear();
      book.inside();
      advance(candle.closeTime);
      runAll();
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
      const refusal = refusalOf(venueOrder, instrument, holding, mark);
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
      holding: quantity(holding),
      openOrders: book.orders().map((order) => (kept.get(order.id) as Kept).venueOrder),
    }),
    restore(state) {
      if (book.size > 0) throw new Error('restore needs an empty book');
      holding = state.holding;
      for (const venueOrder of state.openOrders) {
        advance(venueOrder.submittedAt);
        rest(venueOrder, false, true);
      }
    },
  };
}
