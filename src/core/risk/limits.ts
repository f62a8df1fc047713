import {
  add,
  type Decimal,
  decimal,
  isPositive,
  max,
  multiply,
  ONE,
  parseDecimal,
  quantize,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Price, price } from '../domain/money.ts';
import type { OrderType } from '../domain/order.ts';
import type { RiskLimits } from './risk-limits.ts';

const HALF = parseDecimal('0.5');

/**
 * True when drawdown from the peak has reached `fraction` of it. Without division, so without rounding: equity <= peak x
 * (1 - fraction). A peak below the equity counts as the equity.
 */
export const drawdownReached = (equity: Decimal, peakEquity: Decimal, fraction: Decimal): boolean => {
  const peak = max(equity, peakEquity);
  const lost = subtract(peak, equity);
  return !isPositive(subtract(multiply(peak, fraction), lost));
};

/** How much of the envelope's size is allowed at this drawdown: all, half, or none. Sizing and the gate share it. */
export function sizeFractionAt(equity: Decimal, peakEquity: Decimal, limits: RiskLimits): Decimal {
  if (drawdownReached(equity, peakEquity, limits.reduceOnlyAt)) return ZERO;
  return drawdownReached(equity, peakEquity, limits.halveAt) ? HALF : ONE;
}

/** The most an entry is assumed to pay: its limit price, or for a market order the reference plus the collar, on the tick. */
export function worstEntryPrice(
  type: OrderType,
  limit: Price | undefined,
  reference: Price,
  { tickSize }: Instrument,
  { priceCollar }: RiskLimits,
): Price {
  if (type === 'limit' && limit !== undefined) return limit;
  const start = type !== 'market' && limit !== undefined ? limit : reference;
  return price(quantize(multiply(start, add(ONE, priceCollar)), tickSize, 'ceil'));
}

/**
 * What a unit may lose beyond its stop: the stated gap of its price, and some ATR for what a candle moves before anybody sees it. In quote.
 */
export const gapReserveOf = (at: Decimal, atr: Decimal, { gapFraction, gapAtr }: RiskLimits): Decimal =>
  add(multiply(at, gapFraction), multiply(atr, gapAtr));

/** `amount` x basis points / 10,000, exact: four more decimals hold every digit. */
export const exactBps = (amount: Decimal, bps: Decimal): Decimal => {
  const product = multiply(amount, bps);
  return decimal(product.units, product.scale + 4);
};
