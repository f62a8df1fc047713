import type { Brand } from '#shared/brand.ts';
import {
  add,
  type Decimal,
  divide,
  isNegative,
  isPositive,
  multiply,
  parseDecimal,
  type RoundingMode,
  subtract,
} from './decimal.ts';

/** A currency or coin code such as `USDT`. */
export type Asset = Brand<string, 'Asset'>;
/** Positive decimal price in quote asset per base unit. */
export type Price = Brand<Decimal, 'Price'>;
/** Non-negative amount of the base asset. The side says the direction, never the sign. */
export type Quantity = Brand<Decimal, 'Quantity'>;
/** A signed amount that carries its asset. */
export type Money = { readonly asset: Asset; readonly amount: Decimal };

export function asset(code: string): Asset {
  if (!/^[A-Z0-9]{1,20}$/.test(code)) throw new TypeError(`not an asset code: ${JSON.stringify(code)}`);
  return code as Asset;
}

/** Throws RangeError unless the value is positive. */
export function price(value: Decimal | string): Price {
  const parsed = typeof value === 'string' ? parseDecimal(value) : value;
  if (!isPositive(parsed)) throw new RangeError('a price must be positive');
  return parsed as Price;
}

/** Throws RangeError when the value is negative. */
export function quantity(value: Decimal | string): Quantity {
  const parsed = typeof value === 'string' ? parseDecimal(value) : value;
  if (isNegative(parsed)) throw new RangeError('a quantity must not be negative');
  return parsed as Quantity;
}

export const money = (amount: Decimal | string, code: Asset): Money => ({
  asset: code,
  amount: typeof amount === 'string' ? parseDecimal(amount) : amount,
});

function sameAsset(a: Money, b: Money): Asset {
  if (a.asset !== b.asset) throw new TypeError(`cannot mix ${a.asset} with ${b.asset}`);
  return a.asset;
}

export const addMoney = (a: Money, b: Money): Money => ({ asset: sameAsset(a, b), amount: add(a.amount, b.amount) });
export const subtractMoney = (a: Money, b: Money): Money => ({
  asset: sameAsset(a, b),
  amount: subtract(a.amount, b.amount),
});

/** price x quantity, exact, in the quote asset. */
export const notional = (at: Price, size: Quantity): Decimal => multiply(at, size);

const BPS = parseDecimal('10000');

/** `amount` x basis points / 10,000 at `scale` decimals. Fees round up, so that the simulation never flatters. */
export const basisPoints = (amount: Decimal, bps: Decimal, scale: number, mode: RoundingMode): Decimal =>
  divide(multiply(amount, bps), BPS, scale, mode);
