/**
 * Numbers as candle files write them: digits with at most one point inside, no sign, no exponent, no spaces. Written as a scan over
 * character codes because a million rows hold six million numbers.
 */

/** A float keeps every decimal number of up to 15 significant digits, so that a price read from a file is the price that was written. */
export const PRICE_DIGITS = 15;

/** 17 digits identify every float. Exporters that add up volumes in floats write such tails (`0.9504653900000001`); no money comes of them. */
export const VOLUME_DIGITS = 17;

const ZERO_CODE = 48;
const NINE_CODE = 57;
const POINT_CODE = 46;

// Powers of ten up to 10^22 are exact floats.
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The number in text[start..end), or NaN when it is not a plain number of at most `maxDigits` significant digits. Up to 15 digits the
 * result is one correctly rounded division of two exact floats, hence the same float that `Number(text)` gives.
 */
export function scanPlainNumber(text: string, start: number, end: number, maxDigits: number): number {
  let mantissa = 0;
  let digits = 0;
  let point = -1;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO_CODE && code <= NINE_CODE) {
      mantissa = mantissa * 10 + (code - ZERO_CODE);
      if (mantissa !== 0) digits += 1;
    } else if (code === POINT_CODE && point < 0 && i > start && i < end - 1) point = i;
    else return Number.NaN;
  }
  if (end <= start) return Number.NaN;
  const scale = point < 0 ? 0 : end - 1 - point;
  if (digits <= PRICE_DIGITS && scale < POWERS_OF_TEN.length) return mantissa / (POWERS_OF_TEN[scale] ?? Number.NaN);
  const field = text.slice(start, end);
  return significantDigits(field) <= maxDigits ? Number(field) : Number.NaN;
}

/** Digits that carry information: leading zeros and the zeros that pad a fraction do not count. */
function significantDigits(field: string): number {
  const trimmed = field.includes('.') ? field.replace(/\.?0+$/, '') : field;
  return trimmed.replace('.', '').replace(/^0+/, '').length;
}

/** Says in one phrase why `scanPlainNumber` refused a field. */
export function whyNotPlain(field: string, maxDigits: number): string {
  const shown = JSON.stringify(field.length > 24 ? `${field.slice(0, 24)}...` : field);
  if (field === '') return 'is empty';
  if (/^-[\d.]/.test(field)) return `is negative (${shown})`;
  if (/^[+-]?(nan|inf|infinity)$/i.test(field)) return `is not a finite number (${shown})`;
  if (/^\d+(\.\d+)?$/.test(field)) return `has more than ${maxDigits} significant digits (${shown})`;
  return `is not a plain number (${shown})`;
}
