import { type TakerPrice, takerPrice } from './taker-price.ts';
import type { BookOrder, GridCandle, MatchRules, Outcome } from './types.ts';

/*
 * Small decisions that both phases share. Each looks at a candle's price rounded against the owner of the order: data finer than the
 * tick can make a stop trigger earlier and a limit later, never the other way.
 */

/** Lots that an order gets now; 0 when our share of this candle's volume is used up. */
export const available = (order: BookOrder, candle: GridCandle): number => Math.min(order.lots, candle.left);

export const isStop = ({ kind, triggered }: BookOrder): boolean =>
  !triggered && (kind === 'stop' || kind === 'stop_limit' || kind === 'trailing_stop');

/** Takes whatever price there is: a market order, or a stop that was reached. */
export const isTaker = ({ kind, triggered }: BookOrder): boolean =>
  kind === 'market' || (triggered && kind !== 'stop_limit');

export const isLimit = ({ kind, triggered }: BookOrder): boolean =>
  kind === 'limit' || kind === 'take_profit' || (triggered && kind === 'stop_limit');

/** A price at least as good for the owner as its limit. */
export const isWithin = (order: BookOrder, ticks: number): boolean =>
  order.side > 0 ? ticks <= order.limit : ticks >= order.limit;

/**
 * The market went strictly beyond the limit, so that everything queued at its price must have traded. A touch is not enough for what
 * helps: at the price itself others stand in the queue before us.
 */
export const isThrough = (order: BookOrder, ticks: number): boolean =>
  order.side > 0 ? ticks < order.limit : ticks > order.limit;

/** The market stands at or beyond a stop: a touch is enough for what hurts. */
export const isReached = (order: BookOrder, ticks: number): boolean =>
  order.trigger !== 0 && (order.side > 0 ? ticks >= order.trigger : ticks <= order.trigger);

/** The order takes `lots` from a market that stands at `ticks`. */
export function fillAsTaker(
  out: Outcome,
  order: BookOrder,
  lots: number,
  { ticks, spreadTicks, impactTicks }: TakerPrice,
): true {
  out.kind = 'fill';
  out.order = order;
  out.ticks = ticks;
  out.lots = lots;
  out.taker = true;
  out.spreadTicks = spreadTicks;
  out.impactTicks = impactTicks;
  return true;
}

/** The market came to the order: its own price, no spread. */
export function fillAsMaker(out: Outcome, order: BookOrder, lots: number): true {
  out.kind = 'fill';
  out.order = order;
  out.ticks = order.limit;
  out.lots = lots;
  out.taker = false;
  out.spreadTicks = 0;
  out.impactTicks = 0;
  return true;
}

export function cancelOf(out: Outcome, order: BookOrder, reason: string): true {
  out.kind = 'cancel';
  out.order = order;
  out.lots = 0;
  out.reason = reason;
  return true;
}

/** A stop that was reached with the market at `ticks`. False when nothing of it can be had now: it stays triggered and waits. */
export function fillStop(
  out: Outcome,
  order: BookOrder,
  ticks: number,
  candle: GridCandle,
  rules: MatchRules,
  scratch: TakerPrice,
  crossesSpread: boolean,
): boolean {
  order.triggered = true;
  const lots = available(order, candle);
  if (lots <= 0) return false;
  takerPrice(scratch, ticks, order.side, lots, candle, rules, crossesSpread);
  return fillAsTaker(out, order, lots, scratch);
}
