import {
  add,
  type Decimal,
  divide,
  max,
  multiply,
  parseDecimal,
  quantize,
  quantizeFloat,
  subtract,
} from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Price, price } from '../domain/money.ts';
import type { Side } from '../domain/order.ts';

const BPS = parseDecimal('10000');

/**
 * A price of a candle on the instrument's grid, rounded against whoever takes `side`: up for a buyer, down for a seller.
 * Candles of the instrument's own venue lie on the grid already and are not changed.
 */
export function againstSide(value: number, side: Side, instrument: Instrument): Price {
  const rounded = quantizeFloat(value, instrument.tickSize, side === 'buy' ? 'ceil' : 'floor');
  return price(max(rounded, instrument.tickSize));
}

/**
 * What a taker pays or gets around `mid`: moved against the taker by half the spread, then rounded to the tick against the
 * taker as well. A sale never goes below one tick.
 */
export function takerPrice(mid: Decimal, side: Side, halfSpreadBps: Decimal, instrument: Instrument): Price {
  const factor = side === 'buy' ? add(BPS, halfSpreadBps) : subtract(BPS, halfSpreadBps);
  const moved = multiply(mid, factor);
  const scale = moved.scale + BPS_DIGITS;
  const exact = divide(moved, BPS, scale, 'down');
  const rounded = quantize(exact, instrument.tickSize, side === 'buy' ? 'ceil' : 'floor');
  return price(max(rounded, instrument.tickSize));
}

/** Dividing by 10,000 needs four more decimals to stay exact. */
const BPS_DIGITS = 4;
