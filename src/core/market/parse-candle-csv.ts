/**
 * Reads candles from CSV text: header `timestamp,open,high,low,close,volume`, one row for each interval, `timestamp` being the OPEN time
 * in milliseconds UTC. One bad row refuses the whole file: a series that silently lost rows would give answers about another market.
 * Holes are no bad rows (venues have outages): they are reported and never filled.
 */
import type { CandleGap, CandleSeries, ClosedCandle } from '../domain/candle.ts';
import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import { Fault } from '../kernel/fault.ts';
import { findGaps } from './candle-series.ts';
import { coarserThan, guessInterval } from './guess-interval.ts';
import { PRICE_DIGITS, scanPlainNumber, VOLUME_DIGITS, whyNotPlain } from './plain-number.ts';

export const CANDLE_CSV_HEADER = 'timestamp,open,high,low,close,volume';

const FIELDS = ['timestamp', 'open', 'high', 'low', 'close', 'volume'] as const;
const LAST_FIELD = FIELDS.length - 1;
/** The end of the year 9999; anything later is a timestamp in another unit. */
const LATEST = 253_402_300_799_999;
const NAMED_LINES = 5;
const GUESS_ROWS = 1000;

type ProblemKind = 'columns' | 'timestamp' | 'number' | 'prices' | 'duplicate' | 'order' | 'alignment';
type Problem = { readonly kind: ProblemKind; readonly what: string };

const REMEDIES: Readonly<Record<ProblemKind, string>> = {
  columns: `Give every row six values separated by commas: ${CANDLE_CSV_HEADER}.`,
  timestamp: 'Write each timestamp as the open time in whole milliseconds since 1970, UTC, such as 1697760000000.',
  number:
    'Write plain numbers such as 42.5: prices above zero with at most 15 significant digits, volume zero or more.',
  prices: 'Check the column order: high must be the largest and low the smallest of the four prices.',
  duplicate: 'Keep one row for each timestamp.',
  order: 'Sort the rows by timestamp, oldest first.',
  alignment: 'Ask for the interval that the file has; timestamps are open times and must be whole intervals in UTC.',
};

/** Collects what is wrong, names the first lines and counts the rest, then refuses the file. */
function createRefusal(name: string, interval: Interval) {
  const named: string[] = [];
  let first: ProblemKind | undefined;
  let count = 0;
  return {
    note(line: number, problem: Problem): void {
      first ??= problem.kind;
      count += 1;
      if (named.length < NAMED_LINES) named.push(`line ${line}: ${problem.what}`);
    },
    throwIfAny(timestamps: readonly number[]): void {
      if (first === undefined) return;
      const more = count > named.length ? `; and ${count - named.length} more` : '';
      const guess = first === 'alignment' ? guessInterval(timestamps) : undefined;
      const seems = guess === undefined || guess === interval ? '' : ` The file seems to have ${guess} candles.`;
      const rows = count === 1 ? '1 bad row' : `${count} bad rows`;
      throw new Fault('bad_data', `${name} has ${rows}: ${named.join('; ')}${more}.${seems}`, REMEDIES[first]);
    },
  };
}

/** Parses a whole file or throws Fault('bad_data') that names the lines and the remedy; `name` is how messages call the file. */
export function parseCandleCsv(
  text: string,
  interval: Interval,
  name: string,
): { readonly series: CandleSeries; readonly gaps: readonly CandleGap[] } {
  const intervalMs = INTERVAL_MS[interval];
  const refusal = createRefusal(name, interval);
  const candles: ClosedCandle[] = [];
  const timestamps: number[] = [];
  const commas = new Int32Array(LAST_FIELD);
  let previous = Number.NEGATIVE_INFINITY;
  let line = 1;
  let start = skipHeader(text, name);

  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline;
    const end = next > start && text.charCodeAt(next - 1) === 13 ? next - 1 : next;
    line += 1;
    const problem = splitRow(text, start, end, commas);
    if (problem !== undefined) refusal.note(line, problem);
    else {
      const row = readRow(text, start, end, commas, intervalMs);
      if (timestamps.length < GUESS_ROWS) timestamps.push(row.openTime);
      const wrong = whatIsWrong(row, text.slice(start, end), previous, interval);
      if (wrong === undefined) candles.push(row);
      else refusal.note(line, wrong);
      if (row.openTime <= LATEST) previous = row.openTime;
    }
    start = next + 1;
  }

  refusal.throwIfAny(timestamps);
  if (candles.length === 0) throw new Fault('bad_data', `${name} holds a header and no candle.`, REMEDIES.columns);
  refuseCoarser(candles, interval, name);
  return { series: { interval, candles }, gaps: findGaps(candles, interval) };
}

/** Where the first row starts. Throws Fault when the header is not the expected one. */
function skipHeader(text: string, name: string): number {
  if (text.trim() === '')
    throw new Fault('bad_data', `${name} is empty.`, `Give a CSV file with the header ${CANDLE_CSV_HEADER}.`);
  const newline = text.indexOf('\n');
  const header = text.slice(0, newline < 0 ? text.length : newline).replace(/\r$/, '');
  if (header !== CANDLE_CSV_HEADER) {
    const shown = JSON.stringify(header.length > 80 ? `${header.slice(0, 80)}...` : header);
    throw new Fault(
      'bad_data',
      `${name} line 1: the header is ${shown}.`,
      `The header must be exactly ${CANDLE_CSV_HEADER}.`,
    );
  }
  return newline < 0 ? text.length : newline + 1;
}

/** Finds the five commas of the row in text[start..end). */
function splitRow(text: string, start: number, end: number, commas: Int32Array): Problem | undefined {
  let found = 0;
  for (let at = text.indexOf(',', start); at >= 0 && at < end; at = text.indexOf(',', at + 1)) {
    if (found < LAST_FIELD) commas[found] = at;
    found += 1;
  }
  if (found === LAST_FIELD) return undefined;
  return { kind: 'columns', what: start === end ? 'the row is empty' : `${found + 1} columns instead of 6` };
}

/** The numbers of a row as they stand; NaN where a field is no plain number. `whatIsWrong` decides whether it is a candle. */
function readRow(text: string, start: number, end: number, commas: Int32Array, intervalMs: number): ClosedCandle {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = commas;
  const openTime = scanPlainNumber(text, start, first, PRICE_DIGITS);
  return {
    openTime: openTime as UnixMs,
    closeTime: (openTime + intervalMs) as UnixMs,
    open: scanPlainNumber(text, first + 1, second, PRICE_DIGITS),
    high: scanPlainNumber(text, second + 1, third, PRICE_DIGITS),
    low: scanPlainNumber(text, third + 1, fourth, PRICE_DIGITS),
    close: scanPlainNumber(text, fourth + 1, fifth, PRICE_DIGITS),
    volume: scanPlainNumber(text, fifth + 1, end, VOLUME_DIGITS),
  } as ClosedCandle;
}

/** The first thing that is wrong with a row; comparisons are written so that NaN fails them. */
function whatIsWrong(row: ClosedCandle, text: string, previous: number, interval: Interval): Problem | undefined {
  const { openTime, open, high, low, close, volume } = row;
  const isTime = Number.isInteger(openTime) && openTime <= LATEST;
  const isNumeric = open > 0 && high > 0 && low > 0 && close > 0 && volume >= 0;
  const isConsistent = high >= open && high >= close && low <= open && low <= close;
  if (isTime && isNumeric && isConsistent && openTime > previous && openTime % INTERVAL_MS[interval] === 0)
    return undefined;

  const fields = text.split(',');
  if (!isTime) return { kind: 'timestamp', what: whyNotTime(fields[0] ?? '') };
  if (!isNumeric) return { kind: 'number', what: whyNotNumeric(row, fields) };
  if (!isConsistent)
    return { kind: 'prices', what: `high ${high} and low ${low} do not enclose open ${open} and close ${close}` };
  if (openTime === previous) return { kind: 'duplicate', what: `timestamp ${openTime} stands twice` };
  if (openTime < previous) return { kind: 'order', what: `timestamp ${openTime} is earlier than the row before it` };
  const seconds = openTime < 100_000_000_000 ? ' (it looks like seconds, not milliseconds)' : '';
  return { kind: 'alignment', what: `timestamp ${openTime} is not the start of a ${interval} interval${seconds}` };
}

function whyNotTime(field: string): string {
  if (/^\d{16,}$/.test(field)) return `timestamp ${field.slice(0, 24)} is too large for milliseconds`;
  if (/^\d+\.\d+$/.test(field)) return `timestamp ${field.slice(0, 24)} is not a whole number`;
  return `timestamp ${whyNotPlain(field, PRICE_DIGITS)}`;
}

function whyNotNumeric(row: ClosedCandle, fields: readonly string[]): string {
  for (const [index, field] of FIELDS.entries()) {
    if (field === 'timestamp') continue;
    const value = row[field];
    const maxDigits = field === 'volume' ? VOLUME_DIGITS : PRICE_DIGITS;
    if (Number.isNaN(value)) return `${field} ${whyNotPlain(fields[index] ?? '', maxDigits)}`;
    if (value === 0 && field !== 'volume') return `${field} is zero`;
  }
  throw new Error('every field of the row is a positive number');
}

function refuseCoarser(candles: readonly ClosedCandle[], interval: Interval, name: string): void {
  const actual = coarserThan(interval, candles);
  if (actual === undefined) return;
  throw new Fault(
    'bad_data',
    `${name} line 2 and on: the rows are ${actual} apart, so the file seems to have ${actual} candles and not ${interval} ones.`,
    `Ask for ${actual} candles, or give a file of ${interval} candles.`,
  );
}
