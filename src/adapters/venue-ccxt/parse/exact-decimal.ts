import { type Decimal, parseDecimal, plainText } from '#core/domain/decimal.ts';

const EXPONENT = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/;
const MOST_DIGITS = 60;
/** A double keeps every decimal of so many significant digits apart; from one more on its text may not be what the venue sent. */
const EXACT_DOUBLE_DIGITS = 15;

/** `1e-8`, as venues and ccxt may write small numbers, without its exponent. */
function withoutExponent(text: string): string | undefined {
  const match = EXPONENT.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (Math.abs(exponent) > MOST_DIGITS) return undefined;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits.padEnd(point, '0')}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * The one door from ccxt's values into money: exact from text, and from a number only when it has few enough digits that nothing can have
 * been lost. Undefined for everything that is not a plain finite number.
 */
export function exactDecimal(value: unknown): Decimal | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return undefined;
    const text = plainText(value);
    const digits = text.replace(/[-.]/g, '').replace(/^0+/, '');
    return digits.length > EXACT_DOUBLE_DIGITS ? undefined : exactDecimal(text);
  }
  if (typeof value !== 'string' || value.length > MOST_DIGITS * 2) return undefined;
  const text = value.startsWith('+') ? value.slice(1) : value;
  try {
    return parseDecimal(withoutExponent(text) ?? text);
  } catch {
    return undefined;
  }
}
