import { add, compare, type Decimal, isNegative, multiply, ZERO } from '../domain/decimal.ts';
import { holdingChange } from '../domain/fill-amounts.ts';
import type { AgentId, ClientOrderId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { price as priceOf, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import type { MatchingBook } from '../matching/book.ts';
import type { Grid } from '../matching/grid.ts';
import type { BookOrder, Outcome } from '../matching/types.ts';
import type { VenueEvent } from '../ports/venue-client.ts';
import { createFeeTurnover, type FeeSchedule, feeOf } from './fees.ts';
import type { Mishaps } from './venue-faults.ts';
import { type Lender, reducible } from './venue-margin.ts';
import type { SimulatedVenueOptions } from './venue-options.ts';
import { type KeptOrder, LIQUIDATION } from './venue-orders.ts';
import { tooSmall } from './venue-rules.ts';

/** What a venue knows at this moment; changed in place as candles and fills come. */
export type VenueMoment = {
  /** With the rules of the moment. */
  instrument: Instrument;
  /** Below zero while base is borrowed. */
  holding: Decimal;
  now: UnixMs;
  borrower: AgentId | undefined;
  liquidations: number;
};

export type FillerParts = {
  readonly options: SimulatedVenueOptions;
  readonly fees: FeeSchedule;
  readonly grid: Grid;
  readonly book: MatchingBook;
  readonly kept: Map<number, KeptOrder>;
  readonly lender: Lender | undefined;
  readonly mishaps: Mishaps;
  readonly moment: VenueMoment;
  readonly publish: (event: VenueEvent) => void;
};

/** Turns what the matching core decides into fills and cancellations. */
export type Filler = {
  execute(outcome: Outcome): void;
  /** Takes an order out of the book and tells its owner. */
  close(order: BookOrder, reason: string): void;
};

export function createFiller(parts: FillerParts): Filler {
  const { options, fees, grid, book, kept, lender, mishaps, moment, publish } = parts;

  const turnover = fees.tiers === undefined ? undefined : (options.turnover ?? createFeeTurnover());

  const idOf = (order: BookOrder): ClientOrderId => (kept.get(order.id) as KeptOrder).order.clientOrderId;

  const close = (order: BookOrder, reason: string): void => {
    const clientOrderId = idOf(order);
    book.remove(order.id);
    kept.delete(order.id);
    // Nobody has sent the venue's own order, so nobody is told that it is gone.
    if (order.id !== LIQUIDATION) publish({ kind: 'canceled', clientOrderId, ts: moment.now, reason });
  };

  /** Nothing is left in the book. When that is because the other of its group took a part, the owner is told that the rest is gone. */
  const finish = (order: BookOrder, filled: Decimal, known: KeptOrder): void => {
    if (compare(filled, known.order.quantity) < 0) close(order, 'the other of its group took the rest');
    else kept.delete(order.id);
  };

  /** Why the account cannot do what a fill would do, or undefined. `cost` is the fee in quote. */
  const beyondMeans = (side: Fill['side'], size: Decimal, paid: Decimal, cost: Decimal): string | undefined => {
    if (side === 'sell') return lender?.refusalOf(size, paid, cost, moment.holding);
    const cash = options.cash?.();
    return cash !== undefined && compare(add(multiply(paid, size), cost), cash) > 0
      ? 'the cash does not pay for it'
      : undefined;
  };

  /** An order that only reduces and the size that is there for it: other orders may have filled meanwhile. */
  const boundedSize = (order: KeptOrder['order'], wanted: Decimal): Decimal => {
    const reduces = lender === undefined ? order.side === 'sell' : order.reduceOnly;
    return reduces ? reducible(order.side, wanted, moment.holding, grid.lot) : wanted;
  };

  const publishFill = (fill: Fill, order: BookOrder): void => {
    const { clientOrderId, tsEvent } = fill;
    const mark = order.id === LIQUIDATION ? { liquidation: true as const } : {};
    const event: VenueEvent = { kind: 'filled', clientOrderId, ts: tsEvent, fill, ...mark };
    publish(event);
    if (mishaps.repeats()) publish(event);
  };

  const execute = (outcome: Outcome): void => {
    const { order, taker } = outcome;
    if (outcome.kind === 'cancel') return close(order, outcome.reason);
    const known = kept.get(order.id) as KeptOrder;
    const { clientOrderId, side, purpose, quantity: asked } = known.order;
    const { instrument } = moment;
    const size = boundedSize(known.order, grid.quantityOf(outcome.lots));
    const lots = grid.lotsOf(size, 'the quantity');
    if (lots === 0) return close(order, 'nothing left to reduce');
    const paid = priceOf(grid.priceOf(outcome.ticks));
    const bounded = lots < outcome.lots;
    // The order as a whole is judged: the first of several levels may be smaller than the least order.
    const judged = bounded ? size : asked;
    const small = known.notionalUnchecked ? tooSmall(multiply(paid, judged), instrument) : undefined;
    if (small !== undefined) return close(order, small);
    const filled = quantity(size);
    const liquidity: Fill['liquidity'] = taker ? 'taker' : 'maker';
    const fee = feeOf(paid, filled, side, liquidity, fees, instrument, turnover?.at(moment.now));
    // What closes a short position is never held back: the account owes it.
    const covers = side === 'buy' && isNegative(moment.holding);
    const refusal = covers
      ? undefined
      : beyondMeans(side, size, paid, fee.asset === instrument.quote ? fee.amount : ZERO);
    if (refusal !== undefined) return close(order, refusal);
    known.filledLots += lots;
    const gone = book.fill(order, lots);
    if (bounded) book.remove(order.id);
    const fill: Fill = {
      tradeId: options.ids.tradeId(),
      clientOrderId,
      agentId: known.agentId,
      instrumentId: instrument.id,
      side,
      purpose,
      price: paid,
      quantity: filled,
      fee,
      liquidity,
      tsEvent: moment.now,
    };
    moment.holding = add(moment.holding, holdingChange(fill, instrument));
    moment.borrower = known.agentId;
    if (order.id === LIQUIDATION && order.lots === 0) moment.liquidations += 1;
    turnover?.add(moment.now, multiply(paid, filled));
    options.onCost?.(fill.tradeId, grid.priceOf(outcome.spreadTicks), grid.priceOf(outcome.impactTicks));
    publishFill(fill, order);
    if (bounded) close(order, 'the rest has nothing to reduce');
    else if (order.lots === 0) finish(order, grid.quantityOf(known.filledLots), known);
    for (const other of gone) close(other, 'the other of its group filled');
  };

  return { execute, close };
}
