import type { ColumnDesk, ColumnOrder } from '../../agent/column-family.ts';
import {
  add,
  compare,
  type Decimal,
  divide,
  formatDecimal,
  isPositive,
  multiply,
  negate,
  ONE,
  quantize,
  ZERO,
} from '../../domain/decimal.ts';
import type { AgentId, ClientOrderId, TradeId, UnixMs } from '../../domain/ids.ts';
import { price as priceOf, quantity } from '../../domain/money.ts';
import type { Fill } from '../../domain/order.ts';
import type { SimulatedVenue } from '../../execution/venue-options.ts';
import { limitsAt } from '../../execution/versioned-limits.ts';
import type { IdFactory } from '../../kernel/ids.ts';
import type { VenueEvent } from '../../ports/venue-client.ts';
import { createGate } from '../../risk/gate.ts';
import { exactBps } from '../../risk/limits.ts';
import type { ProposedOrder } from '../../risk/types.ts';
import { orderFault } from '../order-rules.ts';
import { riskViewOf } from './column-risk-view.ts';
import { worstFeeBps } from './conditions.ts';
import type { MarketBooks } from './market-books.ts';
import type { Where } from './market-tables.ts';
import type { PreparedMarket } from './prepare-portfolio.ts';

/** The one account behind all desks of a run. */
export type SharedAccount = {
  cash(): Decimal;
  equity(): Decimal;
  /** What open purchases of every market may still take. */
  reserved(): Decimal;
};

export type ColumnDeskParts = {
  readonly market: PreparedMarket;
  readonly venue: SimulatedVenue;
  readonly books: MarketBooks;
  readonly account: SharedAccount;
  readonly agentId: AgentId;
  readonly ids: Pick<IdFactory, 'clientOrderId'>;
  /** Moment of the decision, the newest close, and where in the data it is. */
  readonly now: () => { readonly ts: UnixMs; readonly mark: Decimal; readonly where: Where };
};

export type MarketDesk = ColumnDesk & {
  /** What the open purchases of this market may still take, fees included. */
  reserved(): Decimal;
  refusals(): number;
};

type Open = {
  readonly number: number;
  readonly order: ProposedOrder;
  readonly risk: Decimal | undefined;
  filled: Decimal;
};

/** The desk of a family of columns on a venue in decimals: whole ticks and lots on one side, orders with the gate's seal on the other. */
export function createColumnDesk(parts: ColumnDeskParts): MarketDesk {
  const { market, venue, books, agentId, ids, now } = parts;
  const { run, instrument, conditions } = market;
  const { grid, profiles } = run;
  const lends = instrument.margin !== undefined;
  const checked = profiles.limits === 'default';
  const feeBps = worstFeeBps(market.fees);
  const open = new Map<ClientOrderId, Open>();
  const numbers = new Map<number, ClientOrderId>();
  const known = new Map<ClientOrderId, Open>();
  const seen = new Set<TradeId>();
  let sent = 0;
  let refused = 0;

  const costOf = ({ price, quantity: size }: ProposedOrder, filled: Decimal): Decimal => {
    const value = multiply(price ?? now().mark, add(size, negate(filled)));
    return add(value, exactBps(value, feeBps));
  };
  const takesCash = ({ side, reduceOnly }: ProposedOrder): boolean => side === 'buy' && !reduceOnly;

  /** Judging and reserving are one step: what is sent counts from then on, so that two markets never spend the same money. */
  const gate = createGate([
    {
      name: 'account-pays',
      refuse: (order, { cash }) => {
        if (!checked || !takesCash(order)) return undefined;
        const cost = costOf(order, ZERO);
        return compare(cost, cash) > 0
          ? `it may cost ${formatDecimal(cost)}, and ${formatDecimal(cash)} of the account is free`
          : undefined;
      },
    },
  ]);

  const onFilled = (fill: Fill): void => {
    if (seen.has(fill.tradeId)) return;
    seen.add(fill.tradeId);
    const of = known.get(fill.clientOrderId);
    const risk = of?.risk === undefined ? undefined : multiply(of.risk, fill.quantity);
    books.fill(fill, of?.number ?? 0, now().where, risk);
    if (of === undefined) return;
    of.filled = add(of.filled, fill.quantity);
    if (compare(of.filled, of.order.quantity) >= 0) open.delete(fill.clientOrderId);
  };

  venue.subscribe((event: VenueEvent) => {
    if (event.kind === 'filled') return onFilled(event.fill);
    if (event.kind === 'accepted') return;
    open.delete(event.clientOrderId);
    if (event.kind === 'rejected') refused += 1;
  });

  /** On the steps of the moment: quantities down, limits away from the market, triggers to the nearest. */
  const proposed = (order: ColumnOrder, held: number): ProposedOrder | undefined => {
    const { ts, mark } = now();
    const { tickSize, lotSize } = limitsAt(instrument, conditions.limitsHistory ?? [], ts).instrument;
    const sells = order.side === 'sell';
    const reduceOnly = lends ? order.reduceOnly === true : sells;
    const lots = reduceOnly ? Math.min(order.lots, Math.abs(held)) : order.lots;
    const size = quantize(grid.quantityOf(lots), lotSize, 'floor');
    if (!isPositive(size)) return undefined;
    const limit =
      order.limit === undefined
        ? undefined
        : priceOf(quantize(grid.priceOf(order.limit), tickSize, sells ? 'ceil' : 'floor'));
    const triggerOf = (ticks: number) => priceOf(quantize(grid.priceOf(ticks), tickSize, 'half-up'));
    const trail = order.trail === undefined ? undefined : triggerOf(order.trail);
    // A trailing stop without a trigger begins at its distance from the newest close.
    const began =
      trail === undefined
        ? undefined
        : priceOf(quantize(add(mark, sells ? negate(trail) : trail), tickSize, 'half-up'));
    const trigger = order.trigger === undefined ? began : triggerOf(order.trigger);
    const price = order.type === 'limit' || order.type === 'take_profit' ? limit : trigger;
    return {
      clientOrderId: ids.clientOrderId(),
      side: order.side,
      type: order.type,
      purpose: reduceOnly ? 'exit' : 'entry',
      quantity: quantity(size),
      reduceOnly,
      ...(order.type === 'market' || price === undefined ? {} : { price }),
      ...(order.type === 'stop_limit' && limit !== undefined ? { limitPrice: limit } : {}),
      ...(trail === undefined ? {} : { trail }),
      ...(order.timeInForce === undefined ? {} : { timeInForce: order.timeInForce }),
      ...(order.postOnly === undefined ? {} : { postOnly: order.postOnly }),
      ...(order.group === undefined ? {} : { group: String(order.group) }),
    };
  };

  const refuse = (): 0 => {
    refused += 1;
    return 0;
  };
  const heldLots = (): number => {
    const held = books.held();
    const size = grid.lotsOf(quantize(held.units < 0n ? negate(held) : held, grid.lot, 'floor'), 'what is held');
    return held.units < 0n ? -size : size;
  };
  const minLots = checked ? grid.lotsOf(instrument.minQuantity, 'the least quantity') : 1;

  return {
    unit: Number(formatDecimal(divide(ONE, grid.lot, 0, 'down'))),
    tick: Number(formatDecimal(grid.tick)),
    held: heldLots,
    openOrders: () => open.size,
    submit(order) {
      const held = heldLots();
      const rules = { minLots, minNotional: instrument.minNotional };
      if (orderFault(order, held, checked ? rules : undefined, lends) !== undefined) return refuse();
      const wanted = proposed(order, held);
      if (wanted === undefined) return refuse();
      const { ts } = now();
      const verdict = gate(wanted, riskViewOf(parts));
      if (verdict.kind === 'denied') return refuse();
      sent += 1;
      const risk = order.riskTicks === undefined ? undefined : grid.priceOf(order.riskTicks);
      const kept: Open = { number: sent, order: verdict.order, risk, filled: ZERO };
      open.set(wanted.clientOrderId, kept);
      known.set(wanted.clientOrderId, kept);
      numbers.set(sent, wanted.clientOrderId);
      venue.submit({ agentId, instrumentId: instrument.id, order: verdict.order, submittedAt: ts });
      return open.has(wanted.clientOrderId) ? sent : 0;
    },
    cancel(number) {
      const id = numbers.get(number);
      if (id !== undefined && open.has(id)) venue.cancel(id, now().ts);
    },
    cancelAll() {
      for (const id of Array.from(open.keys())) venue.cancel(id, now().ts);
    },
    reserved: () =>
      [...open.values()].reduce(
        (total, { order, filled }) => (takesCash(order) ? add(total, costOf(order, filled)) : total),
        ZERO,
      ),
    refusals: () => refused,
  };
}
