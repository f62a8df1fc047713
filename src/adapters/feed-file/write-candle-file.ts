import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { errorCode } from '#adapters/files/error-code.ts';
import { Fault } from '#core/kernel/fault.ts';
import { candleRows } from '#core/market/candle-csv-text.ts';
import { CANDLE_CSV_HEADER } from '#core/market/parse-candle-csv.ts';
import type { CandleColumns } from '#core/market/types.ts';

/** Rows between two breaths: the engine serves others meanwhile, and memory does not grow with the file. */
const ROWS = 20_000;
const compress = promisify(gzip);

/**
 * Writes candles as CSV, compressed when the name ends in `.gz`, and answers the bytes of the file. It is written beside its place first:
 * a reader finds the whole file or none. Throws Fault `refused` for a file that exists unless `overwrite` is set, `storage` when the
 * folder does not take it; then nothing is left over.
 */
export async function writeCandleFile(path: string, columns: CandleColumns, overwrite: boolean): Promise<number> {
  // A name of its own, so that two exports to one place cannot write into each other.
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    let bytes: number;
    try {
      bytes = await writeRows(file, columns, path.endsWith('.gz'));
      await file.sync();
    } finally {
      await file.close();
    }
    // A link, unlike a rename, never replaces what stands there.
    await (overwrite ? rename(temporary, path) : link(temporary, path));
    return bytes;
  } catch (error) {
    throw asFault(error, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeRows(file: FileHandle, columns: CandleColumns, zipped: boolean): Promise<number> {
  let bytes = 0;
  for (let begin = 0; begin < columns.length || begin === 0; begin += ROWS) {
    const rows = candleRows(columns, begin, Math.min(columns.length, begin + ROWS));
    const text = Buffer.from(begin === 0 ? `${CANDLE_CSV_HEADER}\n${rows}` : rows, 'latin1');
    // Members of a gzip file may follow one another; readers join them.
    const part = zipped ? await compress(text) : text;
    await file.writeFile(part);
    bytes += part.length;
  }
  return bytes;
}

function asFault(error: unknown, path: string): unknown {
  const code = errorCode(error);
  switch (code) {
    case undefined:
      return error;
    case 'EEXIST':
      return new Fault('refused', `${path} exists already`, 'choose another name, or ask to overwrite it');
    case 'ENOENT':
    case 'ENOTDIR':
      return new Fault('not_found', `the folder of ${path} does not exist`, 'create it, or choose another folder');
    case 'ENOSPC':
    case 'EDQUOT':
      return new Fault('storage', `the disk is full: ${path} was not written`, 'free some space and try again');
    case 'EISDIR':
      return new Fault('refused', `${path} is a folder`, 'name a file in it');
    default:
      return new Fault(
        'storage',
        `${path} could not be written (${code})`,
        'check that the folder is yours to write to',
      );
  }
}
