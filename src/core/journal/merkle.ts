/**
 * The Merkle tree of RFC 6962, section 2.1, over the records' hashes. One root of 32 bytes stands for the whole journal; a path of a few
 * hashes shows that a record is in it, or that an older root is the beginning of a newer one, without the other records.
 *
 *   leaf = SHA-256(0x00 || the record's hash, 32 bytes)      node = SHA-256(0x01 || left || right)
 *
 * The two prefixes keep a leaf from passing for a node. A tree of n leaves splits at the largest power of two below n.
 */
export type HashBytes = (bytes: Uint8Array) => Uint8Array;

const LEAF = 0;
const NODE = 1;

export function leafHash(hash: HashBytes, data: Uint8Array): Uint8Array {
  const text = new Uint8Array(1 + data.length);
  text[0] = LEAF;
  text.set(data, 1);
  return hash(text);
}

export function nodeHash(hash: HashBytes, left: Uint8Array, right: Uint8Array): Uint8Array {
  const text = new Uint8Array(1 + left.length + right.length);
  text[0] = NODE;
  text.set(left, 1);
  text.set(right, 1 + left.length);
  return hash(text);
}

/** The largest power of two below n, for n of two or more. Multiplied, not shifted: a journal may outgrow 31 bits. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Root of a list of leaf hashes, from `from` up to but without `to`. */
export function rootOf(hash: HashBytes, leaves: readonly Uint8Array[], from = 0, to = leaves.length): Uint8Array {
  if (to === from) return hash(new Uint8Array(0));
  const only = leaves[from];
  if (only === undefined) throw new RangeError(`there is no leaf ${from}`);
  if (to - from === 1) return only;
  const middle = from + splitPoint(to - from);
  return nodeHash(hash, rootOf(hash, leaves, from, middle), rootOf(hash, leaves, middle, to));
}

/** A tree that only grows and keeps no more than the roots of its whole subtrees: about log2(size) hashes. */
export type GrowingTree = {
  size(): number;
  /** Adds the next leaf's data. */
  push(data: Uint8Array): void;
  root(): Uint8Array;
  /** What it keeps: roots of whole subtrees, largest first. Another tree can go on from them. */
  subtrees(): readonly Subtree[];
};

export type Subtree = { readonly size: number; readonly node: Uint8Array };

/** Whether the subtrees are those of a tree of some size is for the caller to know: their root says it. */
export function createGrowingTree(hash: HashBytes, from: readonly Subtree[] = []): GrowingTree {
  const whole: Subtree[] = [...from];
  let count = from.reduce((sum, { size }) => sum + size, 0);
  return {
    size: () => count,
    push(data) {
      let node = leafHash(hash, data);
      let size = 1;
      for (let last = whole.at(-1); last !== undefined && last.size === size; last = whole.at(-1)) {
        whole.pop();
        node = nodeHash(hash, last.node, node);
        size *= 2;
      }
      whole.push({ size, node });
      count += 1;
    },
    subtrees: () => [...whole],
    root() {
      const last = whole.at(-1);
      if (last === undefined) return hash(new Uint8Array(0));
      return whole.slice(0, -1).reduceRight((right, { node }) => nodeHash(hash, node, right), last.node);
    },
  };
}
