import type { AgentId, ClientOrderId, InstrumentId, TradeId, UnixMs } from './ids.ts';
import type { Money, Price, Quantity } from './money.ts';

export type Side = 'buy' | 'sell';
export type OrderType = 'market' | 'limit' | 'stop' | 'stop_limit' | 'take_profit' | 'trailing_stop';
/** Good till canceled, immediate or cancel, fill or kill. */
export type TimeInForce = 'gtc' | 'ioc' | 'fok';
export type OrderStatus =
  | 'initialized'
  | 'denied'
  | 'submitted'
  | 'accepted'
  | 'partially_filled'
  | 'filled'
  | 'pending_cancel'
  | 'canceled'
  | 'rejected'
  | 'expired'
  | 'unresolved';

/** What an order is for: an entry adds risk; all others only reduce it. */
export type OrderPurpose = 'entry' | 'exit' | 'stop' | 'target' | 'flatten';

export type Order = {
  readonly clientOrderId: ClientOrderId;
  readonly agentId: AgentId;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  readonly purpose: OrderPurpose;
  readonly quantity: Quantity;
  /** Limit price of a limit or take-profit order, trigger of a stop (where a trailing one begins); absent for a market order. */
  readonly price?: Price;
  readonly reduceOnly: boolean;
  readonly status: OrderStatus;
  readonly filledQuantity: Quantity;
  readonly createdAt: UnixMs;
};

/** One execution. The fee is in the quote asset unless the venue takes it out of what was bought, or in a coin of its own. */
export type Fill = {
  readonly tradeId: TradeId;
  readonly clientOrderId: ClientOrderId;
  readonly agentId: AgentId;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly purpose: OrderPurpose;
  readonly price: Price;
  readonly quantity: Quantity;
  readonly fee: Money;
  readonly liquidity: 'maker' | 'taker';
  readonly tsEvent: UnixMs;
};

/**
 * Net holding of one instrument; direction is `flat` when the quantity is zero. Agents are long only; `short` exists on instruments that
 * have margin terms.
 */
export type Position = {
  readonly instrumentId: InstrumentId;
  readonly direction: 'long' | 'short' | 'flat';
  readonly quantity: Quantity;
  /** Exact cost of what is still held, in quote, without fees. Below zero when short: what was received for what is owed. */
  readonly cost: Money;
  readonly realisedPnl: Money;
  readonly fees: Money;
};
