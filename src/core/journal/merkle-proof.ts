import { type HashBytes, nodeHash, rootOf, splitPoint } from './merkle.ts';

/** The hashes beside the way from leaf `index` up to the root of all leaves (RFC 6962, section 2.1.1). */
export function inclusionProof(hash: HashBytes, leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length)
    throw new RangeError(`there is no leaf ${index}`);
  const path = (at: number, from: number, to: number): Uint8Array[] => {
    if (to - from === 1) return [];
    const middle = from + splitPoint(to - from);
    return at < middle
      ? [...path(at, from, middle), rootOf(hash, leaves, middle, to)]
      : [...path(at, middle, to), rootOf(hash, leaves, from, middle)];
  };
  return path(index, 0, leaves.length);
}

/** Shows that the first `oldSize` leaves are an earlier state of all leaves (RFC 6962, section 2.1.2). */
export function consistencyProof(
  hash: HashBytes,
  leaves: readonly Uint8Array[],
  oldSize: number,
): readonly Uint8Array[] {
  if (!Number.isSafeInteger(oldSize) || oldSize < 1 || oldSize > leaves.length)
    throw new RangeError(`there is no earlier tree of ${oldSize} leaves`);
  // `known`: the old tree is exactly this subtree, whose root the reader has already.
  const prove = (size: number, from: number, to: number, known: boolean): Uint8Array[] => {
    if (size === to - from) return known ? [] : [rootOf(hash, leaves, from, to)];
    const k = splitPoint(to - from);
    return size <= k
      ? [...prove(size, from, from + k, known), rootOf(hash, leaves, from + k, to)]
      : [...prove(size - k, from + k, to, false), rootOf(hash, leaves, from, from + k)];
  };
  return prove(oldSize, 0, leaves.length, true);
}

const half = (n: number): number => Math.floor(n / 2);
const odd = (n: number): boolean => n % 2 === 1;
const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/** Whether the path leads from the leaf's hash to the root (RFC 9162, section 2.1.3.2). */
export function provesInclusion(
  hash: HashBytes,
  leaf: Uint8Array,
  index: number,
  tree: { readonly size: number; readonly root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= tree.size) return false;
  let [at, last] = [index, tree.size - 1];
  let node = leaf;
  for (const beside of path) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      node = nodeHash(hash, beside, node);
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      node = nodeHash(hash, node, beside);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && same(node, tree.root);
}

/** Whether the path shows that the older tree is the beginning of the newer one (RFC 9162, section 2.1.4.2). */
export function provesConsistency(
  hash: HashBytes,
  older: { readonly size: number; readonly root: Uint8Array },
  newer: { readonly size: number; readonly root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  if (older.size < 1 || older.size > newer.size) return false;
  if (older.size === newer.size) return path.length === 0 && same(older.root, newer.root);
  const whole = 2 ** Math.round(Math.log2(older.size)) === older.size;
  const [first, ...rest] = whole ? [older.root, ...path] : path;
  if (first === undefined) return false;
  let [at, last] = [older.size - 1, newer.size - 1];
  while (odd(at)) [at, last] = [half(at), half(last)];
  let [oldNode, newNode] = [first, first];
  for (const beside of rest) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      oldNode = nodeHash(hash, beside, oldNode);
      newNode = nodeHash(hash, beside, newNode);
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newNode = nodeHash(hash, newNode, beside);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && same(oldNode, older.root) && same(newNode, newer.root);
}
