import type { ClosedCandle } from '../domain/candle.ts';
import { compare } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Price } from '../domain/money.ts';
import type { Side } from '../domain/order.ts';
import { againstSide } from './fill-prices.ts';

/*
 * When a candle meets a resting order. All prices are rounded against the order's owner first, so that data finer than the
 * tick can make a stop trigger earlier and a limit later, never the other way.
 */

/** The market already stands at or beyond the stop: a sell stop at or above `mark`, a buy stop at or below it. */
export function isStopReached(side: Side, trigger: Price, mark: number, instrument: Instrument): boolean {
  const comparison = compare(againstSide(mark, side, instrument), trigger);
  return side === 'sell' ? comparison <= 0 : comparison >= 0;
}

/** The candle touches the stop somewhere inside: a touch is enough for what hurts. */
export const isStopTouched = (side: Side, trigger: Price, candle: ClosedCandle, instrument: Instrument): boolean =>
  isStopReached(side, trigger, side === 'sell' ? candle.low : candle.high, instrument);

/**
 * `mark` lies strictly beyond a limit or target, so that everything queued at its price must have traded. A touch is not
 * enough for what helps: at the price itself others stand in the queue before us.
 */
export function isTradedThrough(side: Side, limit: Price, mark: number, instrument: Instrument): boolean {
  // Conservative rounding of a favourable price: what a seller needs is a high, rounded down; a buyer a low, rounded up.
  const comparison = compare(againstSide(mark, side, instrument), limit);
  return side === 'sell' ? comparison > 0 : comparison < 0;
}

/** The candle trades through the limit somewhere inside. */
export const isLimitTradedThrough = (side: Side, limit: Price, candle: ClosedCandle, instrument: Instrument): boolean =>
  isTradedThrough(side, limit, side === 'sell' ? candle.high : candle.low, instrument);
