import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Fault } from '#core/kernel/fault.ts';

/** About ten million rows; a JavaScript string cannot hold much more. */
const MAX_BYTES = 500_000_000;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Reads a UTF-8 text file, gunzipped when it is gzip (told by its first bytes, not by its name). Throws a Fault that names the file. */
export function readTextFile(path: string): string {
  const bytes = readBytes(path);
  const text = isGzip(bytes) || path.endsWith('.gz') ? gunzip(bytes, path) : bytes;
  if (text.includes(0)) throw notText(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    throw notText(path);
  }
}

function readBytes(path: string): Buffer {
  try {
    // Asked before opening: opening a named pipe would wait for a writer that may never come.
    const facts = statSync(path);
    if (facts.isDirectory())
      throw new Fault('bad_data', `${path} is a folder, not a file.`, 'Name one CSV or CSV.gz file inside it.');
    if (!facts.isFile()) throw new Fault('bad_data', `${path} is not an ordinary file.`, 'Name a CSV or CSV.gz file.');
    if (facts.size > MAX_BYTES) throw tooLarge(path);
    return readFileSync(path);
  } catch (error) {
    throw error instanceof Fault ? error : cannotRead(path, error);
  }
}

function cannotRead(path: string, error: unknown): Fault {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Fault(
      'not_found',
      `${path} does not exist.`,
      'Check the path; a relative path starts at the working folder.',
    );
  if (code === 'EACCES' || code === 'EPERM')
    return new Fault(
      'storage',
      `${path} may not be read.`,
      'Give yourself the right to read it, or copy it elsewhere.',
    );
  return new Fault(
    'storage',
    `${path} could not be read (${code || 'unknown error'}).`,
    'Check the disk and the path.',
  );
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function gunzip(bytes: Buffer, path: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path);
    throw new Fault('bad_data', `${path} is not a whole gzip file.`, 'Fetch or compress the file again.');
  }
}

const tooLarge = (path: string): Fault =>
  new Fault('bad_data', `${path} holds more than ${MAX_BYTES / 1_000_000} MB.`, 'Split it into shorter spans of time.');

const notText = (path: string): Fault =>
  new Fault('bad_data', `${path} is not text.`, 'Give a CSV file in UTF-8, plain or compressed with gzip.');
