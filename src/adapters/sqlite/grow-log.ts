import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** A little more than a log holds before SQLite begins it anew: 1,000 pages of 4 KiB, each with a header of 24 bytes. */
const LOG_BYTES = 1032 * (4096 + 24);

/**
 * Lengthens the write-ahead log of an open database with zeros. A commit that makes its file longer waits for the file system's own
 * journal as well, and takes twice as long as one that writes where there is room already. SQLite stops reading a log at the first frame
 * that is none, as it does at what an earlier round has left there. What is written is not flushed: the first commit flushes it, and a
 * program that commits nothing deletes it before it reaches the disk. Whatever goes wrong here costs time, never a record.
 */
export function growLog(path: string): void {
  let file: number | undefined;
  let bytes = 0;
  try {
    file = openSync(path, 'r+');
    bytes = fstatSync(file).size;
    if (bytes >= LOG_BYTES) return;
    const zeros = Buffer.alloc(LOG_BYTES - bytes);
    if (writeSync(file, zeros, 0, zeros.length, bytes) < zeros.length) ftruncateSync(file, bytes);
  } catch {
    giveBack(file, bytes);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** A full disk must keep what room it has for records. */
function giveBack(file: number | undefined, bytes: number): void {
  if (file === undefined) return;
  try {
    ftruncateSync(file, bytes);
  } catch {
    // Then the log stays a little longer than it was.
  }
}
