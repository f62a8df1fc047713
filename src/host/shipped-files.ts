import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';

/** Path with forward slashes, below the folder that a list speaks of, to the SHA-256 of its content in hex. */
export type FileHashes = ReadonlyMap<string, string>;

/** Reads the format of `sha256sum`: one `<hash>  <path>` a line. Throws a Fault on anything else, and on an empty list. */
export const parseHashes = (text: string): FileHashes => {
  const lines = text.split('\n').filter((line) => line !== '');
  const rows = lines.map((line) => /^([0-9a-f]{64}) {2}(\S.*)$/.exec(line));
  if (rows.length === 0 || rows.includes(null))
    throw new Fault('storage', 'the list of native files is damaged', REINSTALL);
  return new Map(rows.map((row) => [row?.[2] ?? '', row?.[1] ?? '']));
};

const REINSTALL = 'install the program again from where you had it';

const filesBelow = (folder: string, prefix = ''): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    return entry.isDirectory() ? filesBelow(join(folder, entry.name), `${path}/`) : [path];
  });

/**
 * Holds the files that lie beside the archive to the list inside it: native code is loaded by the operating system, which asks no archive. Every
 * file must be on the list with its hash. What the list names beyond them is for other machines. Throws a Fault that names the first stranger;
 * answers how many were right.
 */
export const checkShippedFiles = (folder: string, hashes: FileHashes): number => {
  const found = filesBelow(folder);
  for (const path of found) {
    const expected = hashes.get(path);
    const actual = createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
    if (expected === actual) continue;
    const what = expected === undefined ? 'does not belong to the program' : 'was changed after the program was built';
    throw new Fault('storage', `${path} ${what}`, REINSTALL);
  }
  if (found.length === 0) throw new Fault('storage', `there are no native files in ${folder}`, REINSTALL);
  return found.length;
};
