import { INTERVAL_MS } from '#core/domain/interval.ts';
import { COLUMN_NAMES, sliceColumns } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { packColumn, RAW, readPacked, widthOf } from './packed-column.ts';

/** Candles of one row. More would mean rewriting more when a few candles are added at the end, fewer would mean more rows to find. */
export const CHUNK_CANDLES = 4096;

/** The first byte of a blob; another layout gets another number. */
const LAYOUT = 1;
/** Layout, one code for each column, and a byte that is always 0. */
const HEADER_BYTES = 8;
/** Code of open times that follow one another without a hole: they need no bytes. */
const REGULAR = 255;

/**
 * Which row a candle belongs to: rows cover fixed spans of CHUNK_CANDLES intervals counted from 1970, so that a later import finds its
 * place without moving what is there. A gap makes a row shorter.
 */
export const slotOf = (openTime: number, intervalMs: number): number =>
  Math.floor(openTime / (CHUNK_CANDLES * intervalMs));

/** Candles in order as one blob: the header, then the columns one after another, each in the smallest form that loses nothing. */
export function encodeChunk(columns: CandleColumns): Buffer {
  const { length, openTime, interval } = columns;
  const first = openTime[0] ?? 0;
  const regular = openTime[length - 1] === first + (length - 1) * INTERVAL_MS[interval];
  const packed = COLUMN_NAMES.map((name) =>
    name === 'openTime' && regular ? { code: REGULAR, bytes: Buffer.alloc(0) } : packColumn(columns[name]),
  );
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = LAYOUT;
  for (const [index, { code }] of packed.entries()) header[index + 1] = code;
  return Buffer.concat([header, ...packed.map(({ bytes }) => bytes)]);
}

export type ChunkSpan = { readonly candles: number; readonly firstOpen: number; readonly lastOpen: number };

/**
 * Writes the candles of a row into `columns` from index `at` on. Answers false when the bytes cannot be those candles, in order: the pages
 * are authenticated by the cipher, so only a bug or a stranger with the key can have written such a row.
 */
export function decodeChunk(
  data: Buffer,
  columns: CandleColumns,
  at: number,
  span: ChunkSpan,
  scratch: Int32Array = new Int32Array(span.candles),
): boolean {
  const { candles, firstOpen, lastOpen } = span;
  if (
    candles < 1 ||
    candles > scratch.length ||
    at + candles > columns.length ||
    data.length < HEADER_BYTES ||
    data[0] !== LAYOUT
  )
    return false;
  const part = sliceColumns(columns, at, at + candles);
  let offset = HEADER_BYTES;
  for (const [index, name] of COLUMN_NAMES.entries()) {
    const code = data[index + 1] ?? RAW;
    if (name === 'openTime' && code === REGULAR) fillRegular(part, firstOpen);
    else {
      const width = widthOf(code) * candles;
      if (width === 0 || offset + width > data.length) return false;
      readPacked(code, data.subarray(offset, offset + width), part[name], scratch);
      offset += width;
    }
  }
  const ends = part.openTime[0] === firstOpen && part.openTime[candles - 1] === lastOpen;
  return ends && offset === data.length && isSound(part);
}

function fillRegular({ openTime, length, interval }: CandleColumns, first: number): void {
  const step = INTERVAL_MS[interval];
  for (let i = 0; i < length; i++) openTime[i] = first + i * step;
}

/** Infinities and NaN are the values whose difference to themselves is not zero. */
function holdsNumber(column: Float64Array, index: number): boolean {
  const value = column[index] as number;
  return value - value === 0;
}

function isSound({ length, openTime, open, high, low, close, volume }: CandleColumns): boolean {
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    const time = openTime[i] as number;
    if (!(time > previous) || !holdsNumber(open, i) || !holdsNumber(high, i) || !holdsNumber(low, i)) return false;
    if (!holdsNumber(close, i) || !holdsNumber(volume, i)) return false;
    previous = time;
  }
  return true;
}
