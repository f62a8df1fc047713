/** The quick way through a row of a candle file: a million rows hold fifty million characters. It says "no" to whatever is not plainly good. */

export const ROW_FIELDS = 6;

const [NEWLINE, RETURN, COMMA, POINT, ZERO, NINE] = [10, 13, 44, 46, 48, 57];
/** So many digits, leading zeros included, always make an exact float. */
const SAFE_DIGITS = 15;
// Up to 10^15 powers of ten are exact floats, and one division of two exact floats is correctly rounded.
const POWERS = Float64Array.from({ length: SAFE_DIGITS + 1 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Reads six plain numbers separated by commas from text[start...] into `row` and answers where the next row starts; -1 when anything is
 * unusual (another number of columns, a sign, 16 digits, a missing last newline), which a careful look must then judge.
 */
export function scanCandleRow(text: string, start: number, row: Float64Array): number {
  let at = start;
  for (let field = 0; field < ROW_FIELDS; field++) {
    const begin = at;
    let mantissa = 0;
    let point = -1;
    let code = text.charCodeAt(at);
    for (;;) {
      if (code >= ZERO && code <= NINE) mantissa = mantissa * 10 + (code - ZERO);
      else if (code === POINT && point < 0) point = at;
      else break;
      at++;
      code = text.charCodeAt(at);
    }
    if (point < 0) {
      if (at === begin || at - begin > SAFE_DIGITS) return -1;
      row[field] = mantissa;
    } else {
      if (point === begin || point === at - 1 || at - begin > SAFE_DIGITS + 1) return -1;
      row[field] = mantissa / (POWERS[at - 1 - point] as number);
    }
    if (field < ROW_FIELDS - 1) {
      if (code !== COMMA) return -1;
    } else if (code === RETURN) {
      at++;
      code = text.charCodeAt(at);
    }
    at++;
    if (field === ROW_FIELDS - 1 && code !== NEWLINE) return -1;
  }
  return at;
}
