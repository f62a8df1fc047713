/**
 * Amounts of the local exchanges: integers of 1e-8, the finest unit that binance and kraken keep for spot. Not the product's Decimal on
 * purpose: an error in the product's arithmetic must not be repeated by the exchange that is there to notice it.
 */
export type Fixed = bigint;

export const FIXED_DECIMALS = 8;
const ONE_FIXED = 100_000_000n;
const PATTERN = /^(\d{1,20})(?:\.(\d{0,20}))?$/;

/** Plain unsigned decimal text; undefined when it is anything else. Digits beyond the eighth are cut: ask `decimalsOf` first. */
export function parseFixed(text: string): Fixed | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole) * ONE_FIXED + BigInt(fraction.slice(0, FIXED_DECIMALS).padEnd(FIXED_DECIMALS, '0'));
}

/** For literals of this folder's own; throws on anything that is not an amount. */
export function fixed(text: string): Fixed {
  const value = parseFixed(text);
  if (value === undefined) throw new TypeError(`not an amount: ${text}`);
  return value;
}

/** Decimals that matter in a text: trailing zeros do not. */
export const decimalsOf = (text: string): number => (text.split('.')[1] ?? '').replace(/0+$/, '').length;

/** Exactly `decimals` digits after the point, cut, as venues print amounts. */
export function formatFixed(value: Fixed, decimals: number = FIXED_DECIMALS): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(FIXED_DECIMALS + 1, '0');
  const whole = digits.slice(0, -FIXED_DECIMALS);
  const fraction = digits.slice(-FIXED_DECIMALS).padEnd(decimals, '0').slice(0, decimals);
  return `${negative ? '-' : ''}${whole}${decimals === 0 ? '' : `.${fraction}`}`;
}

/** a x b in 1e-8, cut. Buyer and seller are booked with the same result, so that no cent appears or disappears. */
export const times = (a: Fixed, b: Fixed): Fixed => (a * b) / ONE_FIXED;

/** a x b in 1e-8, rounded up: what a fee or a hold is made of. */
export const timesUp = (a: Fixed, b: Fixed): Fixed => (a * b + ONE_FIXED - 1n) / ONE_FIXED;

/** a / b in 1e-8, cut; zero for a zero divisor, as venues print an average price before the first fill. */
export const over = (a: Fixed, b: Fixed): Fixed => (b === 0n ? 0n : (a * ONE_FIXED) / b);

export const smaller = (a: Fixed, b: Fixed): Fixed => (a < b ? a : b);
export const larger = (a: Fixed, b: Fixed): Fixed => (a > b ? a : b);
