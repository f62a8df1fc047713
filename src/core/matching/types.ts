import type { OrderType, TimeInForce } from '../domain/order.ts';
import type { DepthLevel } from './walk-book.ts';

/** 1 buys, -1 sells: prices "against" an order are multiplied by it. */
export type SideSign = 1 | -1;

/** When an order came, as seen from the candle being worked through: before it, at its open, or somewhere inside. */
export type Arrival = 'between' | 'open' | 'inside';

/** What the core needs to know of a new order. Prices in whole ticks, quantities in whole lots. */
export type NewOrder = {
  /** The caller's own number; unique. */
  readonly id: number;
  readonly side: SideSign;
  readonly kind: OrderType;
  readonly lots: number;
  /** Of limit, stop-limit and take-profit orders; 0, like absence, is none. Likewise below. */
  readonly limit?: number;
  /** Of stop and stop-limit orders. Of a trailing stop: where it stands at first; without it the first open decides. */
  readonly trigger?: number;
  /** Distance of a trailing stop from the best price seen. */
  readonly trail?: number;
  readonly timeInForce?: TimeInForce;
  readonly postOnly?: boolean;
  /** One cancels the other: a fill takes its quantity from all of the same positive group. */
  readonly group?: number;
};

/** An order in the book. Changed in place: a book of a million candles must not allocate. */
export type BookOrder = {
  readonly id: number;
  readonly side: SideSign;
  readonly kind: OrderType;
  /** Still to fill. */
  lots: number;
  readonly limit: number;
  /** 0 while a trailing stop waits for its first open. */
  trigger: number;
  readonly trail: number;
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
  readonly group: number;
  /** A stop that was reached: from then on a market order (a limit order for a stop-limit). */
  triggered: boolean;
  arrived: Arrival;
  /** It was in the book before this candle, so that it can be a maker even when the candle opens beyond it. */
  rested: boolean;
  /** It came after this candle had closed: the candle does not concern it. */
  dormant: boolean;
};

/**
 * One candle in ticks. Prices finer than the tick are rounded both ways, so that each order can look at them rounded against its
 * owner; on the grid both are equal. `lots` is what traded, `left` what our own orders may still take of it.
 */
export type GridCandle = {
  openUp: number;
  openDown: number;
  highUp: number;
  highDown: number;
  lowUp: number;
  lowDown: number;
  closeUp: number;
  closeDown: number;
  lots: number;
  left: number;
  /** The order book at the open, when there is one: whoever takes at the open then takes from it and not from the candle. */
  depth?: Depth | undefined;
};

/** One side of a book, best first; `best` is where it began, `levels` what our own orders have left of it. */
export type DepthSide = { readonly best: number; levels: readonly DepthLevel[] };

/** Half of the book's spread is rounded up to the tick: it only says what trading cost. */
export type Depth = { readonly bids: DepthSide; readonly asks: DepthSide; readonly halfSpreadTicks: number };

/** How the market treats a taker. All of it works against the order. */
export type MatchRules = {
  /** Half of the bid-ask spread as a fraction of the price: `numerator / denominator`, whole numbers. */
  readonly halfSpread: { readonly numerator: number; readonly denominator: number };
  /** Share of a candle's volume that our orders together may take, 0 to 1; Infinity asks for no volume at all. */
  readonly participation: number;
  /** Fraction of the price that an order as large as the whole candle would move it by; it falls with the square of the share. 0: none. */
  readonly impact: number;
  /** Prices are rounded to this many ticks, for a venue whose tick was coarser at the time. */
  readonly tickStep: number;
};

/** What happens next to an order. One object is used again and again: read it before asking for the next. */
export type Outcome = {
  kind: 'fill' | 'cancel';
  order: BookOrder;
  /** Of a fill. */
  ticks: number;
  lots: number;
  taker: boolean;
  /** How many of the ticks are half spread (rounding included) and own impact. */
  spreadTicks: number;
  impactTicks: number;
  /** Of a cancel. */
  reason: string;
};
