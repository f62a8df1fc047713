/**
 * A float as a person reads it: six significant digits, no exponent, no trailing zeros. For words only, never for money.
 * Infinities and NaN become `n/a`.
 */
export function numberText(value: number, significantDigits = 6): string {
  if (!Number.isFinite(value)) return 'n/a';
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.min(20, Math.max(0, significantDigits - 1 - magnitude));
  const text = value.toFixed(decimals);
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed === '-0' ? '0' : trimmed;
}
