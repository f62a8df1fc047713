import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** Electron's fuses in the order of its wire, and what a package of ours must have. */
export const FUSES = [
  ['runAsNode', 'off'],
  ['cookieEncryption', 'on'],
  ['nodeOptions', 'off'],
  ['nodeCliInspect', 'off'],
  ['embeddedAsarIntegrityValidation', 'on'],
  ['onlyLoadAppFromAsar', 'on'],
  ['loadBrowserProcessSpecificV8Snapshot', 'off'],
  ['grantFileProtocolExtraPrivileges', 'off'],
  ['wasmTrapHandlers', 'on'],
] as const;

export type FuseState = 'on' | 'off' | 'removed';

const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const STATES: Readonly<Record<string, FuseState>> = { '0': 'off', '1': 'on', r: 'removed' };
const CHUNK = 16 * 1024 * 1024;

/** The states behind the sentinel: a byte for the version (1), one for the count, then a letter for each fuse. */
export const statesOf = (wire: Buffer): readonly FuseState[] => {
  const [version, count = 0] = [wire[0], wire[1]];
  if (version !== 1) throw new Error(`a fuse wire of version ${version}`);
  return Array.from({ length: count }, (_, at) => {
    const state = STATES[String.fromCharCode(wire[2 + at] ?? 0)];
    if (state === undefined) throw new Error(`fuse ${at} is neither on, off nor removed`);
    return state;
  });
};

/** Reads the wire out of a binary without running it. */
export function readFuses(binary: string): readonly FuseState[] {
  const file = openSync(binary, 'r');
  try {
    const size = statSync(binary).size;
    const buffer = Buffer.alloc(CHUNK);
    // Pieces overlap, so that a sentinel across a border is seen too.
    for (let from = 0; from < size; from += CHUNK - 64) {
      const read = readSync(file, buffer, 0, CHUNK, from);
      const at = buffer.subarray(0, read).indexOf(SENTINEL);
      if (at >= 0 && at + SENTINEL.length + 16 <= read) return statesOf(buffer.subarray(at + SENTINEL.length));
    }
  } finally {
    closeSync(file);
  }
  throw new Error('there is no fuse wire');
}
