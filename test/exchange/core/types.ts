import type { Fixed } from './fixed.ts';

export type Side = 'buy' | 'sell';
export type OrderKind = 'market' | 'limit' | 'stop' | 'stop_limit' | 'take' | 'take_limit';
export type TimeInForce = 'GTC' | 'IOC' | 'FOK';
/** `untriggered`: a stop that waits for its trigger. */
export type OrderStatus = 'untriggered' | 'open' | 'filled' | 'canceled' | 'expired';

export type Instrument = {
  /** `BTC/USDT`. */
  readonly id: string;
  readonly base: string;
  readonly quote: string;
  readonly tick: Fixed;
  readonly step: Fixed;
  readonly minQuantity: Fixed;
  readonly maxQuantity: Fixed;
  readonly minNotional: Fixed;
  /** Where the market maker starts. */
  readonly startPrice: Fixed;
};

export type Execution = {
  readonly tradeId: number;
  readonly orderId: number;
  readonly account: string;
  readonly instrument: string;
  readonly side: Side;
  readonly price: Fixed;
  readonly quantity: Fixed;
  readonly cost: Fixed;
  readonly fee: Fixed;
  readonly feeAsset: string;
  readonly maker: boolean;
  readonly at: number;
};

/** One order as the exchange knows it; the exchange alone changes it. */
export type Order = {
  readonly id: number;
  readonly account: string;
  readonly instrument: string;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
  readonly clientId: string | undefined;
  /** Kraken's integer label; any number of orders may share one. */
  readonly userref: number | undefined;
  readonly triggerPrice: Fixed | undefined;
  /** Limit price; absent for orders that take any price. */
  price: Fixed | undefined;
  quantity: Fixed;
  /** Of a market buy by cost, which has no quantity until it ends. */
  readonly budget: Fixed | undefined;
  filled: Fixed;
  cost: Fixed;
  fee: Fixed;
  /** What is still set aside in the asset that the order gives. */
  held: Fixed;
  status: OrderStatus;
  triggered: boolean;
  /** Why it ended, when nobody asked for it. */
  reason: string | undefined;
  /** Queries do not show the order before this time, as in a venue whose index lags; see the fault `hidden`. */
  visibleAt: number;
  readonly receivedAt: number;
  updatedAt: number;
  readonly executions: Execution[];
};

export type PlaceRequest = {
  readonly account: string;
  readonly instrument: string;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly timeInForce?: TimeInForce;
  readonly postOnly?: boolean;
  readonly clientId?: string | undefined;
  readonly userref?: number | undefined;
  readonly price?: Fixed | undefined;
  readonly triggerPrice?: Fixed | undefined;
  readonly quantity?: Fixed | undefined;
  readonly budget?: Fixed | undefined;
};

/** Why an order was not accepted; each venue has its own code and text for it. */
export type Refusal =
  | 'tick'
  | 'step'
  | 'quantity'
  | 'notional'
  | 'duplicate_client_id'
  | 'funds'
  | 'would_take'
  | 'would_trigger'
  | 'closed'
  | 'too_many_orders';

export type PlaceResult =
  | { readonly kind: 'accepted'; readonly order: Order }
  | { readonly kind: 'refused'; readonly reason: Refusal };

export type PublicTrade = {
  readonly id: number;
  readonly instrument: string;
  readonly price: Fixed;
  readonly quantity: Fixed;
  readonly buyOrderId: number;
  readonly sellOrderId: number;
  /** True when the seller took. */
  readonly buyerIsMaker: boolean;
  readonly limitTaker: boolean;
  readonly at: number;
};

export type OrderEvent = {
  readonly order: Order;
  readonly change: 'new' | 'trade' | 'canceled' | 'expired' | 'amended' | 'triggered';
  readonly execution?: Execution;
};

/** Everything that streams are made of, in the order in which it happened. */
export type ExchangeListener = {
  order?(event: OrderEvent): void;
  trade?(trade: PublicTrade): void;
  /** One price level has a new total; zero when it is gone. */
  level?(change: {
    readonly instrument: string;
    readonly side: Side;
    readonly price: Fixed;
    readonly total: Fixed;
    readonly updateId: number;
  }): void;
  /** After every request, each asset whose balance moved. */
  balances?(account: string, assets: readonly string[]): void;
};
