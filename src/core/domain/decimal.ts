/**
 * Exact decimal numbers. Money is never a float: every price, quantity and amount is `units / 10^scale` with bigint units.
 * Addition, subtraction and multiplication are exact; division needs an explicit scale and rounding mode.
 */
export type Decimal = { readonly units: bigint; readonly scale: number };

/** `down` and `up` move towards and away from zero; `floor` and `ceil` towards minus and plus infinity; `half-up` ties away from zero. */
export type RoundingMode = 'down' | 'up' | 'floor' | 'ceil' | 'half-up';

const MAX_SCALE = 60;
const PATTERN = /^(-?)(\d+)(?:\.(\d+))?$/;

const pow10 = (exponent: number): bigint => 10n ** BigInt(exponent);

/** Builds a decimal from integer units. Throws RangeError when the scale is not an integer in 0..60. */
export function decimal(units: bigint, scale = 0): Decimal {
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_SCALE)
    throw new RangeError(`decimal scale out of range: ${scale}`);
  return { units, scale };
}

export const ZERO: Decimal = decimal(0n);
export const ONE: Decimal = decimal(1n);

/** Reads plain decimal text such as `-12.50`. Throws TypeError on `1e5`, `.5`, `NaN`, spaces or more than 60 decimals. */
export function parseDecimal(text: string): Decimal {
  const match = PATTERN.exec(text);
  if (match === null) throw new TypeError(`not a plain decimal: ${JSON.stringify(text)}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const units = BigInt(whole + fraction);
  return decimal(sign === '-' ? -units : units, fraction.length);
}

/** Canonical text: no trailing zeros, no exponent, no negative zero. Equal numbers have equal text. */
export function formatDecimal(value: Decimal): string {
  const negative = value.units < 0n;
  const digits = (negative ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

const align = (a: Decimal, b: Decimal): readonly [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * pow10(scale - a.scale), b.units * pow10(scale - b.scale), scale];
};

export function add(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = align(a, b);
  return decimal(x + y, scale);
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = align(a, b);
  return decimal(x - y, scale);
}

export const multiply = (a: Decimal, b: Decimal): Decimal => decimal(a.units * b.units, a.scale + b.scale);

export const negate = (a: Decimal): Decimal => decimal(-a.units, a.scale);

export const absolute = (a: Decimal): Decimal => (a.units < 0n ? negate(a) : a);

/** -1, 0 or 1. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [x, y] = align(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export const equals = (a: Decimal, b: Decimal): boolean => compare(a, b) === 0;
export const isZero = (a: Decimal): boolean => a.units === 0n;
export const isPositive = (a: Decimal): boolean => a.units > 0n;
export const isNegative = (a: Decimal): boolean => a.units < 0n;
export const min = (a: Decimal, b: Decimal): Decimal => (compare(a, b) <= 0 ? a : b);
export const max = (a: Decimal, b: Decimal): Decimal => (compare(a, b) >= 0 ? a : b);
export const sum = (values: Iterable<Decimal>): Decimal => {
  let total = ZERO;
  for (const value of values) total = add(total, value);
  return total;
};

function roundQuotient(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const away = numerator < 0n !== denominator < 0n ? -1n : 1n;
  switch (mode) {
    case 'down':
      return quotient;
    case 'up':
      return quotient + away;
    case 'floor':
      return away < 0n ? quotient - 1n : quotient;
    case 'ceil':
      return away > 0n ? quotient + 1n : quotient;
    case 'half-up': {
      const twice = (remainder < 0n ? -remainder : remainder) * 2n;
      const magnitude = denominator < 0n ? -denominator : denominator;
      return twice >= magnitude ? quotient + away : quotient;
    }
  }
}

/** a / b at `scale` decimals. Throws RangeError on division by zero; there is no implicit rounding. */
export function divide(a: Decimal, b: Decimal, scale: number, mode: RoundingMode): Decimal {
  if (isZero(b)) throw new RangeError('division by zero');
  const numerator = a.units * pow10(scale + b.scale);
  return decimal(roundQuotient(numerator, b.units * pow10(a.scale), mode), scale);
}

/** Rounds to a whole number of `step` (a tick or a lot). Throws RangeError when the step is not positive. */
export function quantize(value: Decimal, step: Decimal, mode: RoundingMode): Decimal {
  if (!isPositive(step)) throw new RangeError('step must be positive');
  const [units, stepUnits, scale] = align(value, step);
  return decimal(roundQuotient(units, stepUnits, mode) * stepUnits, scale);
}

/** True when the value is a whole number of `step`. */
export function isMultipleOf(value: Decimal, step: Decimal): boolean {
  const [units, stepUnits] = align(value, step);
  return stepUnits !== 0n && units % stepUnits === 0n;
}

/** For display and indicators only; the result can never become money again except through `quantizeFloat`. */
export const toFloat = (value: Decimal): number => Number(formatDecimal(value));

/**
 * The one door from indicator floats into prices: rounds a finite float to a whole number of `step`, exact for every float whose
 * shortest decimal text lies on the step. Throws RangeError on NaN and infinities.
 */
export function quantizeFloat(value: number, step: Decimal, mode: RoundingMode): Decimal {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  return quantize(parseDecimal(plainText(value)), step, mode);
}

/** Shortest round-trip text of a float without an exponent. */
export function plainText(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '0', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (exponent >= 0) return `${sign}${(whole + fraction).padEnd(exponent + 1, '0')}`;
  return `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`;
}
