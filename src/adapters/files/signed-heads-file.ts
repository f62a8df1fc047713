import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { SignedHead } from '#core/journal/signed-head.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));

/** A signed head as it lies in a file, in the keychain and in an export. */
export const signedHead = z.strictObject({
  vaultId: z.string().min(1).max(64),
  counter: z.int().min(1),
  size: z.int().min(1),
  root: hex(32),
  hash: hex(32),
  ts: z.int().min(0),
  publicKey: hex(32),
  signature: hex(64),
});

/** One line of JSON; undefined for anything that is no head. */
export function parseSignedHead(text: string): SignedHead | undefined {
  try {
    return signedHead.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export type SignedHeads = {
  readonly heads: readonly SignedHead[];
  /** Number of the first line that is no head. A crash leaves no such line: it can only leave the last one without its end. */
  readonly garbledLine: number | undefined;
  /** Where the next head belongs; what a crash left half-written after it is not counted. */
  readonly end: number;
};

/** Reads the file of signed heads, one line for each. A missing file has none. Throws the system's error. */
export function readSignedHeads(path: string): SignedHeads {
  if (!existsSync(path)) return { heads: [], garbledLine: undefined, end: 0 };
  const text = readFileSync(path, 'latin1');
  const end = text.lastIndexOf('\n') + 1;
  const heads: SignedHead[] = [];
  for (const [index, line] of text.slice(0, end).split('\n').slice(0, -1).entries()) {
    const head = parseSignedHead(line);
    if (head === undefined) return { heads, garbledLine: index + 1, end };
    heads.push(head);
  }
  return { heads, garbledLine: undefined, end };
}

/**
 * Adds a head at `end` and returns the new end, when it is on the disk. Off the engine's thread; nothing waits for it. Rejects with the
 * system's error; then the same `end` still holds.
 */
export async function appendSignedHead(path: string, head: SignedHead, end: number): Promise<number> {
  const line = Buffer.from(`${JSON.stringify(head)}\n`, 'latin1');
  const file = await open(path, existsSync(path) ? 'r+' : 'wx', 0o600);
  try {
    if ((await file.stat()).size > end) await file.truncate(end);
    await file.write(line, 0, line.length, end);
    await file.sync();
  } finally {
    await file.close();
  }
  return end + line.length;
}
