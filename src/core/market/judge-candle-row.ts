/** The careful look at one row of a candle file: reads its numbers and says in one phrase what is wrong with it. */
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import { PRICE_DIGITS, scanPlainNumber, VOLUME_DIGITS, whyNotPlain } from './plain-number.ts';

export type ProblemKind = 'columns' | 'timestamp' | 'number' | 'prices' | 'duplicate' | 'order' | 'alignment';
export type Problem = { readonly kind: ProblemKind; readonly what: string };

/** The end of the year 9999; anything later is a timestamp in another unit. */
export const LATEST_TIME = 253_402_300_799_999;

const VALUES = ['open', 'high', 'low', 'close', 'volume'] as const;
const COLUMNS = 1 + VALUES.length;

/**
 * Writes the numbers of the row (without its line end) into `into`, NaN where a field is no plain number, and answers what is wrong,
 * undefined when nothing is. After a `columns` problem `into` means nothing. `previous` is the newest open time before this row.
 */
export function judgeRow(text: string, into: Float64Array, previous: number, interval: Interval): Problem | undefined {
  const fields = text.split(',');
  if (fields.length !== COLUMNS)
    return { kind: 'columns', what: text === '' ? 'the row is empty' : `${fields.length} columns instead of 6` };
  for (const [i, field] of fields.entries())
    into[i] = scanPlainNumber(field, 0, field.length, i === COLUMNS - 1 ? VOLUME_DIGITS : PRICE_DIGITS);
  return whatIsWrong(into, fields, previous, interval);
}

/** Comparisons are written so that NaN fails them. */
function whatIsWrong(
  row: Float64Array,
  fields: readonly string[],
  previous: number,
  interval: Interval,
): Problem | undefined {
  const [openTime = Number.NaN, open = 0, high = 0, low = 0, close = 0, volume = 0] = row;
  if (!(Number.isInteger(openTime) && openTime <= LATEST_TIME))
    return { kind: 'timestamp', what: whyNotTime(fields[0] ?? '') };
  if (!(open > 0 && high > 0 && low > 0 && close > 0 && volume >= 0))
    return { kind: 'number', what: whyNotNumeric(row, fields) };
  if (!(high >= open && high >= close && low <= open && low <= close))
    return { kind: 'prices', what: `high ${high} and low ${low} do not enclose open ${open} and close ${close}` };
  if (openTime === previous) return { kind: 'duplicate', what: `timestamp ${openTime} stands twice` };
  if (openTime < previous) return { kind: 'order', what: `timestamp ${openTime} is earlier than the row before it` };
  if (openTime % INTERVAL_MS[interval] === 0) return undefined;
  const seconds = openTime < 100_000_000_000 ? ' (it looks like seconds, not milliseconds)' : '';
  return { kind: 'alignment', what: `timestamp ${openTime} is not the start of a ${interval} interval${seconds}` };
}

function whyNotTime(field: string): string {
  if (/^\d{16,}$/.test(field)) return `timestamp ${field.slice(0, 24)} is too large for milliseconds`;
  if (/^\d+\.\d+$/.test(field)) return `timestamp ${field.slice(0, 24)} is not a whole number`;
  return `timestamp ${whyNotPlain(field, PRICE_DIGITS)}`;
}

function whyNotNumeric(row: Float64Array, fields: readonly string[]): string {
  for (const [i, name] of VALUES.entries()) {
    const value = row[i + 1] ?? Number.NaN;
    if (Number.isNaN(value))
      return `${name} ${whyNotPlain(fields[i + 1] ?? '', name === 'volume' ? VOLUME_DIGITS : PRICE_DIGITS)}`;
    if (value === 0 && name !== 'volume') return `${name} is zero`;
  }
  throw new Error('every field of the row is a positive number');
}
