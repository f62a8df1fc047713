import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Hash } from '#core/domain/ids.ts';
import type { JournalHead } from '#core/journal/types.ts';

/**
 * The journal's head kept outside the database: whoever cuts the tail off the database, head row and all, or puts an older copy in its
 * place, leaves this file ahead. It holds a number and a hash, nothing readable.
 */
export type HeadFile =
  | { readonly kind: 'head'; readonly head: JournalHead }
  /** Missing, empty or all zero bytes: a power cut may leave that, so it proves nothing. */
  | { readonly kind: 'none' }
  /** Anything else was not written by this program. */
  | { readonly kind: 'garbled' };

export function readHeadFile(path: string): HeadFile {
  if (!existsSync(path)) return { kind: 'none' };
  const text = readFileSync(path, 'utf8');
  if (text.replaceAll('\0', '').trim() === '') return { kind: 'none' };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('seq' in value) || !('hash' in value))
      return { kind: 'garbled' };
    const { seq, hash } = value;
    if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return { kind: 'garbled' };
    if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return { kind: 'garbled' };
    return { kind: 'head', head: { seq, hash: hash as Hash } };
  } catch {
    return { kind: 'garbled' };
  }
}

/** Written after every append, so it must cost little: the database is what has to survive a power cut, the witness need not. */
/** Longer than any head's text, so that writing in place never leaves a tail of the old one. */
const HEAD_BYTES = 128;

/**
 * Written in place after every append, by one call into one disk sector: a killed process leaves the old head or the new one. Not made
 * durable and not renamed: either would add a wait to every order for a file that may lag behind anyway.
 */
export function writeHeadFile(path: string, head: JournalHead): void {
  const text = `${JSON.stringify({ seq: head.seq, hash: head.hash }).padEnd(HEAD_BYTES - 1)}\n`;
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600);
  try {
    writeSync(file, text, 0);
  } finally {
    closeSync(file);
  }
}
