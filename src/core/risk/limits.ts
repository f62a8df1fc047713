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

/** Limits of the whole engine; an agent's envelope may only be tighter. Fractions, not percent. */
export const LIMITS = {
  /** A limit or entry trigger may lie this far from the newest price; a market order is assumed to cost at most this much more. */
  priceCollar: parseDecimal('0.01'),
  /** Bands of drawdown from the highest equity ever. */
  halveAt: parseDecimal('0.03'),
  reduceOnlyAt: parseDecimal('0.04'),
  refuseAllAt: parseDecimal('0.045'),
  /** Drawdown that even the worst planned outcome of a new trade must not reach. */
  maxDrawdown: parseDecimal('0.05'),
  /** Reserve for a price that jumps past the stop, as a multiple of the planned risk: half a stop distance. */
  gapReserve: parseDecimal('0.5'),
  maxOpenOrders: 20,
  /** New risk only; cancels and exits are never held back. */
  maxOrdersPerMinute: 10,
} as const;

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
export function sizeFractionAt(equity: Decimal, peakEquity: Decimal): Decimal {
  if (drawdownReached(equity, peakEquity, LIMITS.reduceOnlyAt)) return ZERO;
  return drawdownReached(equity, peakEquity, LIMITS.halveAt) ? HALF : ONE;
}

/** The most an entry is assumed to pay: its limit price, or for a market order the reference plus the collar, on the tick. */
export function worstEntryPrice(
  type: OrderType,
  limit: Price | undefined,
  reference: Price,
  { tickSize }: Instrument,
): Price {
  if (type === 'limit' && limit !== undefined) return limit;
  const start = type !== 'market' && limit !== undefined ? limit : reference;
  return price(quantize(multiply(start, add(ONE, LIMITS.priceCollar)), tickSize, 'ceil'));
}

/** `amount` x basis points / 10,000, exact: four more decimals hold every digit. */
export const exactBps = (amount: Decimal, bps: Decimal): Decimal => {
  const product = multiply(amount, bps);
  return decimal(product.units, product.scale + 4);
};
