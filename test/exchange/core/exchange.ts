import { type Accounts, createAccounts } from './accounts.ts';
import { brokenFilter, holdFor, refusedByMarket } from './admit.ts';
import { type AmendResult, createAmend } from './amend.ts';
import type { FeeRules } from './fees.ts';
import type { Fixed } from './fixed.ts';
import { createMarkets, type Market } from './market.ts';
import { createMatching, type SelfTrade } from './matching.ts';
import { isLive, newOrder } from './new-order.ts';
import { createOrderKeeper, type OrderKeeper } from './order-keeper.ts';
import { createSettle } from './settle.ts';
import type { ExchangeListener, Instrument, Order, PlaceRequest, PlaceResult, PublicTrade } from './types.ts';

export type ExchangeOptions = {
  readonly instruments: readonly Instrument[];
  readonly fees: FeeRules;
  readonly selfTrade: SelfTrade;
  /** The venue's clock in ms. */
  readonly now: () => number;
  /** Open orders that one account may have in one instrument. */
  readonly maxOpenOrders: number;
};

/** Accounts of the house make the market; they pay no fees, and their orders are not kept once closed. */
export const isHouse = (account: string): boolean => account.startsWith('house');

/** One venue without its protocol: accepts, matches by price and time, and keeps everybody's money. */
export type Exchange = {
  readonly accounts: Accounts;
  readonly orders: OrderKeeper;
  readonly now: () => number;
  instruments(): readonly Instrument[];
  market(instrument: string): Market | undefined;
  place(request: PlaceRequest): PlaceResult;
  /** False when the order is no longer open. */
  cancel(order: Order, reason?: string): boolean;
  amend(
    order: Order,
    change: { readonly price?: Fixed | undefined; readonly quantity?: Fixed | undefined },
  ): AmendResult;
  /** Open and waiting orders of an account, oldest first. */
  openOrders(account: string): readonly Order[];
  /** A trade of the house with exactly this resting order, at its own price: for partial fills and for fills in a race. */
  fillResting(order: Order, quantity: Fixed): void;
  listen(listener: ExchangeListener): () => void;
};

export function createExchange(options: ExchangeOptions): Exchange {
  const listeners = new Set<ExchangeListener>();
  const emit = (send: (listener: ExchangeListener) => void): void => {
    for (const listener of listeners) send(listener);
  };
  const touched = new Map<string, Set<string>>();
  const accounts = createAccounts((account, asset) => {
    if (isHouse(account)) return;
    const assets = touched.get(account) ?? new Set();
    touched.set(account, assets.add(asset));
  });
  const markets = createMarkets(options.instruments, emit);
  const orders = createOrderKeeper();
  let lastId = 1_000_000;
  const nextId = (): number => ++lastId;
  const matching = createMatching({
    accounts,
    fees: options.fees,
    selfTrade: options.selfTrade,
    now: options.now,
    nextId,
    settle: createSettle(accounts, options.fees, isHouse),
    onTrade: (trade: PublicTrade) => emit((listener) => listener.trade?.(trade)),
    onOrder: (event) => {
      if (!isHouse(event.order.account)) emit((listener) => listener.order?.(event));
    },
  });

  const marketOf = (instrument: string): Market => {
    const market = markets.get(instrument);
    if (market === undefined) throw new Error(`no such instrument: ${instrument}`);
    return market;
  };
  /** Ends every request: stops that were reached run now, and balances that moved are told. */
  const finish = <T>(market: Market, result: T): T => {
    matching.runTriggers(market);
    const moved = [...touched];
    touched.clear();
    for (const [account, assets] of moved) emit((listener) => listener.balances?.(account, [...assets]));
    return result;
  };

  const place = (request: PlaceRequest): PlaceResult => {
    const market = marketOf(request.instrument);
    const { instrument, book } = market;
    if (!market.open && !isHouse(request.account)) return { kind: 'refused', reason: 'closed' };
    const filter = brokenFilter(request, instrument, market.last);
    if (filter !== undefined) return { kind: 'refused', reason: filter };
    if (request.clientId !== undefined && orders.byClientId(request.account, request.clientId).some(isLive))
      return { kind: 'refused', reason: 'duplicate_client_id' };
    if (!isHouse(request.account)) {
      const mine = orders.live(request.account).filter((order) => order.instrument === request.instrument);
      if (mine.length >= options.maxOpenOrders) return { kind: 'refused', reason: 'too_many_orders' };
    }
    const refusal = refusedByMarket(request, book, market.last, accounts, instrument, options.fees);
    if (refusal !== undefined) return { kind: 'refused', reason: refusal };
    const order = newOrder(request, nextId(), options.now());
    order.held = holdFor(request, book, options.fees);
    accounts.hold(order.account, order.side === 'sell' ? instrument.base : instrument.quote, order.held);
    if (!isHouse(order.account)) orders.add(order);
    matching.enter(market, order);
    return finish(market, { kind: 'accepted', order });
  };

  return {
    accounts,
    orders,
    now: options.now,
    instruments: () => options.instruments,
    market: (instrument) => markets.get(instrument),
    place,
    cancel: (order, reason) => {
      if (!isLive(order)) return false;
      const market = marketOf(order.instrument);
      matching.end(market, order, 'canceled', reason);
      return finish(market, true);
    },
    amend: (order, change) => {
      const market = marketOf(order.instrument);
      return finish(market, createAmend(accounts, options.fees, matching)(market, order, change));
    },
    openOrders: orders.live,
    fillResting: (order, quantity) => {
      const market = marketOf(order.instrument);
      matching.fillResting(market, order, quantity);
      finish(market, undefined);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
