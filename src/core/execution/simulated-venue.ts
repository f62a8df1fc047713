import type { ClosedCandle } from '../domain/candle.ts';
import { type Decimal, isNegative, max, min, negate, quantizeFloat, subtract, ZERO } from '../domain/decimal.ts';
import { type ClientOrderId, type UnixMs, unixMs } from '../domain/ids.ts';
import { quantity } from '../domain/money.ts';
import { Fault } from '../kernel/fault.ts';
import { createBook } from '../matching/book.ts';
import type { Depth, MatchRules } from '../matching/types.ts';
import type { VenueEvent, VenueOrder } from '../ports/venue-client.ts';
import type { ProposedOrder } from '../risk/types.ts';
import { createEventQueue } from './event-queue.ts';
import { depthOf } from './venue-book.ts';
import { createMishaps } from './venue-faults.ts';
import { createFiller, type VenueMoment } from './venue-filler.ts';
import { gridCandleOf, gridOf, halfSpreadOf, newOrderOf } from './venue-grid.ts';
import { createLiquidationGuard } from './venue-liquidation.ts';
import { createLender } from './venue-margin.ts';
import { checkVenueOptions, type SimulatedVenue, type SimulatedVenueOptions } from './venue-options.ts';
import { dormantIn, type KeptOrder } from './venue-orders.ts';
import { checkCandle, checkFiner, refusalOf } from './venue-rules.ts';
import { limitsAt } from './versioned-limits.ts';

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
  const { participation, impact = 0, limitsHistory = [] } = options;
  const fees = checkVenueOptions(options);
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
  const moment: VenueMoment = {
    instrument: options.instrument,
    holding: ZERO,
    now: unixMs(0),
    borrower: undefined,
    liquidations: 0,
  };
  const publish = (event: VenueEvent): void => events.publish(event);
  const filler = createFiller({ options, fees, grid, book, kept, lender, mishaps, moment, publish });
  let mark: Decimal | undefined;
  let seenUntil: UnixMs | undefined;
  let chargedUntil: UnixMs | undefined;
  let running: { readonly candle: ClosedCandle; readonly close: Decimal; readonly afterOpen: Decimal } | undefined;

  const advance = (ts: UnixMs | undefined): void => {
    if (ts !== undefined && ts > moment.now) moment.now = ts;
    if (limitsHistory.length === 0) return;
    moment.instrument = limitsAt(options.instrument, limitsHistory, moment.now).instrument;
    rules.tickStep = grid.ticksOf(moment.instrument.tickSize, 'the tick');
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
      arrivedAt: unixMs(moment.now + delay),
      delayed: delay > 0,
      notionalUnchecked,
      filledLots: 0,
    });
    book.add(made, rested);
  };

  const guard = createLiquidationGuard({ book, kept, grid, lender, moment });

  /** One order at a time, because each fill may add, resize or cancel others before the next one is looked for. */
  const runAll = (): void => {
    for (let next = book.next(); next !== undefined; next = book.next()) {
      filler.execute({ ...next });
      guard();
    }
  };

  /** Why the account cannot borrow what an order would sell, as far as a price is known; its fill decides again. */
  const uncoveredBy = ({ side, reduceOnly, quantity: size, price }: ProposedOrder): string | undefined => {
    const at = mark ?? price;
    if (side === 'buy' || reduceOnly || at === undefined) return undefined;
    return lender?.refusalOf(size, at, ZERO, moment.holding);
  };

  const cancelNow = (clientOrderId: ClientOrderId): void => {
    const order = book.get(numbers.get(clientOrderId) ?? 0);
    if (order !== undefined) filler.close(order, 'requested');
  };

  /** Leaves the book as it must be between candles, whatever went wrong in one. */
  const orAbandon = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      running = undefined;
      book.close();
      throw error;
    }
  };

  const open = (candle: ClosedCandle, depth: Depth | undefined): void =>
    orAbandon(() => {
      const onGrid = gridCandleOf(candle, grid, participation !== undefined || impact > 0);
      onGrid.depth = depth;
      const close = quantizeFloat(candle.close, moment.instrument.tickSize, 'half-up');
      advance(candle.openTime);
      // What stayed borrowed through a hole in the data is charged at the last price before it.
      if (chargedUntil !== undefined && chargedUntil < candle.openTime)
        lender?.charge(moment.holding, mark ?? close, chargedUntil, candle.openTime);
      guard();
      book.open(onGrid, dormantIn(candle, kept));
      runAll();
      for (const id of lateCancels) cancelNow(id);
      lateCancels.clear();
      running = { candle, close, afterOpen: moment.holding };
    });

  const close = (): void => {
    if (running === undefined) return;
    const { candle, close: closePrice, afterOpen } = running;
    orAbandon(() => {
      book.inside();
      advance(candle.closeTime);
      runAll();
      lender?.charge(min(afterOpen, moment.holding), closePrice, candle.openTime, candle.closeTime);
      chargedUntil = candle.closeTime;
    });
    running = undefined;
    book.close();
  };

  const markAt = ({ close: last }: ClosedCandle): void => {
    mark = quantizeFloat(last, moment.instrument.tickSize, 'half-up');
  };

  return {
    name: 'simulated',
    subscribe: (listener) => events.subscribe(listener),
    submit(venueOrder) {
      const { clientOrderId, price } = venueOrder.order;
      advance(venueOrder.submittedAt);
      const refuse = (reason: string): void => publish({ kind: 'rejected', clientOrderId, ts: moment.now, reason });
      if (numbers.has(clientOrderId)) return refuse('duplicate client order id');
      const refusal = refusalOf(venueOrder, moment.instrument, moment.holding, mark) ?? uncoveredBy(venueOrder.order);
      if (refusal !== undefined) return refuse(refusal);
      if (mishaps.isDown(moment.now)) return refuse('the venue is down');
      if (mishaps.rejects()) return refuse('the venue is overloaded');
      try {
        rest(venueOrder, price === undefined && mark === undefined, false);
      } catch (error) {
        if (error instanceof Fault) return refuse(error.message);
        throw error;
      }
      publish({ kind: 'accepted', clientOrderId, ts: moment.now });
    },
    cancel(clientOrderId, requestedAt) {
      advance(requestedAt);
      if (mishaps.isDown(moment.now) || mishaps.cancelsLate()) lateCancels.add(clientOrderId);
      else cancelNow(clientOrderId);
    },
    onCandle(candle, finer, orderBook) {
      checkCandle(candle, seenUntil);
      if (finer !== undefined) checkFiner(candle, finer);
      let depth = orderBook === undefined ? undefined : depthOf(orderBook, grid);
      seenUntil = candle.closeTime;
      try {
        for (const one of finer ?? [candle]) {
          open(one, depth);
          close();
          // Only the first of the finer candles opens when the book was seen.
          depth = undefined;
        }
      } finally {
        markAt(candle);
      }
    },
    openCandle(candle, orderBook) {
      if (running !== undefined) throw new Error(`the candle of ${running.candle.openTime} is still open`);
      checkCandle(candle, seenUntil);
      const depth = orderBook === undefined ? undefined : depthOf(orderBook, grid);
      seenUntil = candle.closeTime;
      open(candle, depth);
    },
    closeCandle() {
      const candle = running?.candle;
      close();
      if (candle !== undefined) markAt(candle);
    },
    state: () => ({
      holding: quantity(max(ZERO, moment.holding)),
      ...(isNegative(moment.holding) && moment.borrower !== undefined
        ? { borrowed: { agentId: moment.borrower, quantity: quantity(negate(moment.holding)) } }
        : {}),
      openOrders: book.orders().flatMap((order) => kept.get(order.id)?.sent ?? []),
    }),
    restore(state) {
      if (book.size > 0) throw new Error('restore needs an empty book');
      moment.holding = subtract(state.holding, state.borrowed?.quantity ?? ZERO);
      moment.borrower = state.borrowed?.agentId;
      for (const venueOrder of state.openOrders) {
        advance(venueOrder.submittedAt);
        rest(venueOrder, false, true);
      }
    },
  };
}
