/**
 * Reads candles from CSV text: header `timestamp,open,high,low,close,volume`, one row for each interval, `timestamp` being the OPEN time
 * in milliseconds UTC. One bad row refuses the whole file: a series that silently lost rows would give answers about another market.
 * Holes are no bad rows (venues have outages): they are reported and never filled.
 */
import type { CandleGap, CandleSeries } from '../domain/candle.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import { Fault } from '../kernel/fault.ts';
import { emptyColumns, gapsOfTimes, seriesOfColumns } from './candle-columns.ts';
import { coarserThan, guessInterval } from './guess-interval.ts';
import { judgeRow, LATEST_TIME, type Problem, type ProblemKind } from './judge-candle-row.ts';
import { ROW_FIELDS, scanCandleRow } from './scan-candle-row.ts';
import type { CandleColumns } from './types.ts';

export const CANDLE_CSV_HEADER = 'timestamp,open,high,low,close,volume';

const NAMED_LINES = 5;
const GUESS_ROWS = 1000;
/** The header is line 1. */
const FIRST_LINE = 2;

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

/**
 * Columns of a whole file, and its holes. Throws Fault('bad_data') that names the lines and the remedy; `name` is how messages call the
 * file. No object is made for a row.
 */
export function parseCandleColumns(
  text: string,
  interval: Interval,
  name: string,
): { readonly columns: CandleColumns; readonly gaps: readonly CandleGap[] } {
  const intervalMs = INTERVAL_MS[interval];
  const refusal = createRefusal(name, interval);
  const timestamps: number[] = [];
  let previous = Number.NEGATIVE_INFINITY;
  let start = skipHeader(text, name);
  const columns = emptyColumns(interval, countRows(text, start));
  const row = new Float64Array(ROW_FIELDS);

  for (let index = 0; index < columns.length; index++) {
    let next = scanCandleRow(text, start, row);
    let isRow = next > 0;
    if (next < 0 || !isPlainlyGood(row, previous, intervalMs)) {
      // Read once more with care, so that the refusal can say what is wrong.
      const newline = text.indexOf('\n', start);
      next = newline < 0 ? text.length : newline + 1;
      const problem = judgeRow(text.slice(start, next).replace(/\r?\n$|\r$/, ''), row, previous, interval);
      if (problem !== undefined) refusal.note(index + FIRST_LINE, problem);
      isRow = problem?.kind !== 'columns';
    }
    start = next;
    if (!isRow) continue;
    const openTime = row[0] as number;
    columns.openTime[index] = openTime;
    columns.open[index] = row[1] as number;
    columns.high[index] = row[2] as number;
    columns.low[index] = row[3] as number;
    columns.close[index] = row[4] as number;
    columns.volume[index] = row[5] as number;
    if (index < GUESS_ROWS) timestamps.push(openTime);
    if (openTime <= LATEST_TIME) previous = openTime;
  }

  refusal.throwIfAny(timestamps);
  if (columns.length === 0) throw new Fault('bad_data', `${name} holds a header and no candle.`, REMEDIES.columns);
  refuseCoarser(columns.openTime, interval, name);
  return { columns, gaps: gapsOfTimes(columns.openTime, interval) };
}

/** The same with an object for each candle, for callers that walk through a short file. */
export function parseCandleCsv(
  text: string,
  interval: Interval,
  name: string,
): { readonly series: CandleSeries; readonly gaps: readonly CandleGap[] } {
  const { columns, gaps } = parseCandleColumns(text, interval, name);
  return { series: seriesOfColumns(columns), gaps };
}

/** Whether the six numbers are a candle after `previous`; they are plain numbers, never negative and never NaN, already. */
function isPlainlyGood(row: Float64Array, previous: number, intervalMs: number): boolean {
  const openTime = row[0] as number;
  const open = row[1] as number;
  const high = row[2] as number;
  const low = row[3] as number;
  const close = row[4] as number;
  // A product instead of the remainder operator, which takes as long as the rest of the row.
  const aligned = Math.floor(openTime / intervalMs) * intervalMs === openTime;
  return (
    aligned &&
    openTime > previous &&
    openTime <= LATEST_TIME &&
    low > 0 &&
    high >= open &&
    high >= close &&
    low <= open &&
    low <= close
  );
}

/** Rows from `start` on; in a file that is not refused every one is a candle. */
function countRows(text: string, start: number): number {
  let rows = 0;
  let at = start;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    at = newline < 0 ? text.length : newline + 1;
    rows += 1;
  }
  return rows;
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

function refuseCoarser(openTime: Float64Array, interval: Interval, name: string): void {
  const actual = coarserThan(interval, openTime);
  if (actual === undefined) return;
  throw new Fault(
    'bad_data',
    `${name} line 2 and on: the rows are ${actual} apart, so the file seems to have ${actual} candles and not ${interval} ones.`,
    `Ask for ${actual} candles, or give a file of ${interval} candles.`,
  );
}
