/**
 * A float as a person reads it: six significant digits, no exponent, no trailing zeros. For words only, never for money.
 * Infinities and NaN become `n/a`.
 */
export function numberText(value: number, significantDigits = 6): string {
  if (!Number.isFinite(value)) return 'n/a';
  if (Math.abs(value) >= 1e21) return BigInt(value).toString();
  // The exponent comes from the rounded text and not from a logarithm, whose last bit differs between machines.
  const exponent = Number(value.toExponential(significantDigits - 1).split('e')[1]);
  const text = value.toFixed(Math.min(20, Math.max(0, significantDigits - 1 - exponent)));
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed === '-0' ? '0' : trimmed;
}
