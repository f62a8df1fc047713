import type { ClosedCandle } from '../domain/candle.ts';
import {
  compare,
  type Decimal,
  formatDecimal,
  isMultipleOf,
  isNegative,
  isPositive,
  multiply,
  negate,
} from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { Fault } from '../kernel/fault.ts';
import type { VenueOrder } from '../ports/venue-client.ts';

const text = formatDecimal;

/**
 * Why the venue refuses an order, or undefined. `mark` is the newest price it knows, for the notional of a market order;
 * before the first candle there is none and that one rule waits for the fill. The quantity is never altered here: what was
 * validated is what is booked. `holding` is below zero while base is borrowed.
 */
export function refusalOf(
  { instrumentId, order }: VenueOrder,
  instrument: Instrument,
  holding: Decimal,
  mark: Decimal | undefined,
): string | undefined {
  if (instrumentId !== instrument.id) return `instrument ${instrumentId} is not listed here`;
  if (!isPositive(order.quantity)) return 'quantity must be positive';
  if (!isMultipleOf(order.quantity, instrument.lotSize))
    return `quantity ${text(order.quantity)} is not a multiple of the lot ${text(instrument.lotSize)}`;
  if (compare(order.quantity, instrument.minQuantity) < 0)
    return `quantity ${text(order.quantity)} is below the minimum ${text(instrument.minQuantity)}`;
  if (order.type === 'market' && order.price !== undefined) return 'a market order carries no price';
  if (order.type !== 'market') {
    if (order.price === undefined) return `a ${order.type} order needs a price`;
    if (!isPositive(order.price) || !isMultipleOf(order.price, instrument.tickSize))
      return `price ${text(order.price)} is not a positive multiple of the tick ${text(instrument.tickSize)}`;
  }
  const shape = wrongShape(order, instrument);
  if (shape !== undefined) return shape;
  const at = order.price ?? mark;
  if (at !== undefined) {
    const small = tooSmall(multiply(at, order.quantity), instrument);
    if (small !== undefined) return small;
  }
  if (order.reduceOnly && order.side === 'buy') {
    if (!isNegative(holding)) return 'a reduce-only buy has no short position to reduce';
    if (compare(order.quantity, negate(holding)) > 0)
      return `reduce-only purchase of ${text(order.quantity)} exceeds the ${text(negate(holding))} that are borrowed`;
  }
  const mayBorrow = instrument.margin !== undefined && !order.reduceOnly;
  if (order.side === 'sell' && !mayBorrow && compare(order.quantity, holding) > 0)
    return `${order.reduceOnly ? 'reduce-only ' : ''}sale of ${text(order.quantity)} exceeds the holding ${text(holding)}`;
  return undefined;
}

/** Why the fields that only some types of order have do not fit, or undefined. */
function wrongShape(
  { type, limitPrice, trail, timeInForce, postOnly }: VenueOrder['order'],
  { tickSize }: Instrument,
): string | undefined {
  if ((type === 'stop_limit') !== (limitPrice !== undefined))
    return 'a stop-limit order, and no other, has a limit price';
  if ((type === 'trailing_stop') !== (trail !== undefined)) return 'a trailing stop, and no other, has a distance';
  for (const [name, value] of [
    ['limit price', limitPrice],
    ['distance', trail],
  ] as const)
    if (value !== undefined && !(isPositive(value) && isMultipleOf(value, tickSize)))
      return `${name} ${text(value)} is not a positive multiple of the tick ${text(tickSize)}`;
  if (postOnly === true && type !== 'limit') return 'only a limit order can be post-only';
  if (postOnly === true && timeInForce !== undefined && timeInForce !== 'gtc')
    return 'a post-only order rests: it cannot be immediate';
  if (timeInForce !== undefined && timeInForce !== 'gtc' && type !== 'limit' && type !== 'market')
    return `a ${type} order waits: it cannot be immediate`;
  return undefined;
}

/** Reason when a notional is below the venue's minimum. */
export const tooSmall = (value: Decimal, instrument: Instrument): string | undefined =>
  compare(value, instrument.minNotional) < 0
    ? `notional ${text(value)} ${instrument.quote} is below the minimum ${text(instrument.minNotional)}`
    : undefined;

/** Throws Fault('bad_data') on a candle that no market can have made; nothing of it is used then. */
export function checkCandle(candle: ClosedCandle, seenUntil: UnixMs | undefined): void {
  const { open, high, low, close, openTime, closeTime } = candle;
  const sound =
    [open, high, low, close].every((value) => Number.isFinite(value) && value > 0) &&
    low <= Math.min(open, close) &&
    high >= Math.max(open, close) &&
    closeTime > openTime;
  if (!sound)
    throw new Fault(
      'bad_data',
      `impossible candle at ${openTime}: ${open}/${high}/${low}/${close}`,
      'Check the market data.',
    );
  if (seenUntil !== undefined && openTime < seenUntil)
    throw new Fault(
      'bad_data',
      `candle at ${openTime} comes after one that closed at ${seenUntil}`,
      'Feed candles in order.',
    );
}

/** Throws Fault('bad_data') unless the finer candles follow one another inside the coarse one and add up to it. */
export function checkFiner(candle: ClosedCandle, finer: readonly ClosedCandle[]): void {
  let until: UnixMs = candle.openTime;
  for (const one of finer) {
    checkCandle(one, until);
    until = one.closeTime;
  }
  const [first, last] = [finer[0], finer.at(-1)];
  const adds =
    first !== undefined &&
    last !== undefined &&
    until <= candle.closeTime &&
    first.open === candle.open &&
    last.close === candle.close &&
    finer.reduce((highest, { high }) => Math.max(highest, high), 0) === candle.high &&
    finer.reduce((lowest, { low }) => Math.min(lowest, low), Number.POSITIVE_INFINITY) === candle.low;
  if (!adds)
    throw new Fault(
      'bad_data',
      `the finer candles do not add up to the one of ${candle.openTime}`,
      'Give all candles of the same market inside it.',
    );
}
