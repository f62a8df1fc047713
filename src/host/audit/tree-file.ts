import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { sha256Bytes } from '#adapters/digest/sha256.ts';
import { createGrowingTree, type GrowingTree, type Subtree } from '#core/journal/merkle.ts';
import type { SignedHead } from '#core/journal/signed-head.ts';
import { fromHex, toHex } from '#core/kernel/hex.ts';

const treeFile = z.array(z.strictObject({ size: z.int().min(1), node: z.string().regex(/^[0-9a-f]{64}$/) })).max(64);

/**
 * The tree over the signed records as the last session left it, so that a long journal is not hashed anew at each start. It vouches for
 * itself: what does not fold to the root of the newest signed head is not used, and costs a moment, nothing else.
 */
export function readTree(path: string, newest: SignedHead | undefined): readonly Subtree[] {
  if (newest === undefined || !existsSync(path)) return [];
  try {
    const found = treeFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    const subtrees = found.map(({ size, node }) => ({ size, node: fromHex(node) }));
    const tree = createGrowingTree(sha256Bytes, subtrees);
    const fits = String(subtrees.map(({ size }) => size)) === String(wholeSizes(newest.size));
    return fits && toHex(tree.root()) === newest.root ? subtrees : [];
  } catch {
    return [];
  }
}

/** The powers of two that make up a size, largest first. */
function wholeSizes(size: number): readonly number[] {
  const sizes: number[] = [];
  for (let power = 1, left = size; left > 0; power *= 2, left = Math.floor(left / 2))
    if (left % 2 === 1) sizes.unshift(power);
  return sizes;
}

export const writeTree = (path: string, tree: GrowingTree): void =>
  writeFileSync(path, JSON.stringify(tree.subtrees().map(({ size, node }) => ({ size, node: toHex(node) }))), {
    mode: 0o600,
  });
