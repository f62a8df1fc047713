/**
 * Exact arithmetic on decimal text, for display only. The window and the terminal receive money as text and may never turn it into a
 * float; the few sums a screen needs (a share of equity, a rounded figure) are done on bigint units here.
 */
export type DecimalParts = { readonly units: bigint; readonly scale: number };

const PATTERN = /^(-?)(\d+)(?:\.(\d+))?$/;
const pow10 = (exponent: number): bigint => 10n ** BigInt(exponent);
const magnitude = (units: bigint): bigint => (units < 0n ? -units : units);

/** Reads plain decimal text. Throws TypeError on anything else, so that `NaN` or `undefined` can never reach a screen. */
export function parts(text: string): DecimalParts {
  const match = PATTERN.exec(text);
  if (match === null) throw new TypeError(`not a plain decimal: ${JSON.stringify(text)}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

/** Fixed-point text with exactly `scale` decimals; no grouping, no negative zero. */
export function fixedText({ units, scale }: DecimalParts): string {
  const digits = magnitude(units)
    .toString()
    .padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(digits.length - scale)}`;
}

/** Rounds half away from zero to `decimals`, or pads with zeros. */
export function rescale({ units, scale }: DecimalParts, decimals: number): DecimalParts {
  if (decimals >= scale) return { units: units * pow10(decimals - scale), scale: decimals };
  const divisor = pow10(scale - decimals);
  const rounded = (magnitude(units) + divisor / 2n) / divisor;
  return { units: units < 0n ? -rounded : rounded, scale: decimals };
}

/** `round("1.005", 2)` is `1.01`: decimal text is exact, so ties are real ties. */
export const round = (text: string, decimals: number): string => fixedText(rescale(parts(text), decimals));

/** Exact product, for instance a fraction of equity. */
export function times(a: string, b: string): string {
  const x = parts(a);
  const y = parts(b);
  return fixedText({ units: x.units * y.units, scale: x.scale + y.scale });
}

/** Exact sum. */
export function plus(a: string, b: string): string {
  const x = parts(a);
  const y = parts(b);
  const scale = Math.max(x.scale, y.scale);
  return fixedText({ units: rescale(x, scale).units + rescale(y, scale).units, scale });
}

/** -1, 0 or 1. */
export function compare(a: string, b: string): -1 | 0 | 1 {
  const x = parts(a);
  const y = parts(b);
  const scale = Math.max(x.scale, y.scale);
  const difference = rescale(x, scale).units - rescale(y, scale).units;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The opposite number. */
export function opposite(text: string): string {
  const { units, scale } = parts(text);
  return fixedText({ units: -units, scale });
}

/** Decimals of a step such as `0.01` (2) or `1` (0); trailing zeros do not count. */
export function stepDecimals(step: string): number {
  const fraction = step.split('.')[1] ?? '';
  return fraction.replace(/0+$/, '').length;
}

/** Drops trailing zeros: `0.0500` becomes `0.05`. */
export function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
