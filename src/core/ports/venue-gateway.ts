import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Asset, Money, Price, Quantity } from '../domain/money.ts';
import type { OrderType, Side, TimeInForce } from '../domain/order.ts';
import type { Cancel } from '../kernel/clock.ts';

/** One order as it goes to a venue. Never sent twice: a new decision makes a new client order id. */
export type PlaceOrder = {
  readonly clientOrderId: ClientOrderId;
  readonly agentId: AgentId;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly quantity: Quantity;
  /** Limit price, or trigger of a stop; absent for a market order. */
  readonly price?: Price;
  /** Of a stop-limit order. */
  readonly limitPrice?: Price;
  readonly timeInForce?: TimeInForce;
  readonly postOnly?: boolean;
  readonly reduceOnly: boolean;
  /** Venue time after which the venue must not accept the request any more, where it can be told so. */
  readonly expiresAt: UnixMs;
};

/** How an order is named to a venue when it is looked for or canceled. */
export type OrderRef = {
  readonly clientOrderId: ClientOrderId;
  readonly instrumentId: InstrumentId;
  readonly venueOrderId?: string;
  readonly submittedAt: UnixMs;
};

/**
 * What became of one attempt to place an order. `refused` only for an error of the allow-list, which says that the order was surely not
 * accepted; `exists` when the venue says that it knows the id; everything else, time-outs and nonsense included, is `unknown`.
 */
export type PlaceAnswer =
  | { readonly kind: 'accepted'; readonly venueOrderId: string; readonly at: UnixMs }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  | { readonly kind: 'exists'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** `requested`: the venue took the cancel; only a report confirms it. `not_found` proves nothing and leads to a look-up. */
export type CancelAnswer =
  | { readonly kind: 'requested' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'failed'; readonly reason: string };

/** An answer to a question. An empty list is an answer; `failed` is not, and never reads as empty. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfterMs?: number };

export type Lookup =
  | { readonly kind: 'found'; readonly order: OrderReport }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'failed'; readonly reason: string };

/** The venue's view of one order, ours or somebody else's. */
export type OrderReport = {
  readonly venueOrderId: string;
  /** Absent when the order was placed without one, which makes it foreign. */
  readonly clientOrderId?: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly status: 'open' | 'filled' | 'canceled' | 'expired' | 'rejected';
  readonly quantity: Quantity;
  readonly filledQuantity: Quantity;
  readonly price?: Price;
  readonly reason?: string;
  readonly updatedAt: UnixMs;
};

/** One execution as the venue reports it. Unique by venue, instrument and trade id. */
export type TradeReport = {
  readonly tradeId: string;
  readonly venueOrderId: string;
  readonly clientOrderId?: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly price: Price;
  readonly quantity: Quantity;
  readonly fee: Money;
  readonly liquidity: 'maker' | 'taker';
  readonly ts: UnixMs;
};

export type BalanceReport = { readonly asset: Asset; readonly free: Money['amount']; readonly total: Money['amount'] };

/** Pushed by the venue's private stream; may repeat, come late or out of order. `lost` and `restored` frame a time without news. */
export type GatewayEvent =
  | { readonly kind: 'order'; readonly order: OrderReport }
  | { readonly kind: 'trade'; readonly trade: TradeReport }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'restored' };

/** What a venue can do; read by the order protocol to bound how long an outcome stays unknown. */
export type GatewayCapabilities = {
  /** The venue refuses a request that arrives after `expiresAt`. */
  readonly requestExpiry: boolean;
  readonly lookupByClientId: boolean;
  /** `always`: two orders never share an id. `open_only`: an id may come back once its order is closed. */
  readonly clientIdUnique: 'always' | 'open_only';
  /** Cancels everything by itself when it hears nothing for so long; absent where the venue has no such thing. */
  readonly deadMan: boolean;
  /** How long an accepted order may be missing from queries, in ms; measured or assumed, and said so in the venue's table. */
  readonly indexLagMs: number;
};

/** One account at one venue over the network. No call rejects: failing is an answer. No call is repeated by itself. */
export interface VenueGateway {
  readonly name: string;
  readonly capabilities: GatewayCapabilities;
  place(order: PlaceOrder): Promise<PlaceAnswer>;
  cancel(order: OrderRef): Promise<CancelAnswer>;
  /** Cancels every open order of the account or of one instrument with the fewest requests that the venue offers. */
  cancelAll(instrumentId?: InstrumentId): Promise<Answer<number | undefined>>;
  order(order: OrderRef): Promise<Lookup>;
  openOrders(instrumentId?: InstrumentId): Promise<Answer<readonly OrderReport[]>>;
  closedOrders(instrumentId: InstrumentId, since: UnixMs): Promise<Answer<readonly OrderReport[]>>;
  trades(instrumentId: InstrumentId, since: UnixMs): Promise<Answer<readonly TradeReport[]>>;
  balances(): Promise<Answer<readonly BalanceReport[]>>;
  /** The venue's clock. */
  time(): Promise<Answer<UnixMs>>;
  /** Arms or refreshes the dead man's switch; zero disarms. Only where `capabilities.deadMan`. */
  deadMan(timeoutMs: number): Promise<Answer<true>>;
  subscribe(listener: (event: GatewayEvent) => void): Cancel;
  close(): Promise<void>;
}
