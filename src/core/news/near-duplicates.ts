import { cosine, fingerprint, sameStory } from './same-story.ts';

/** Cosine from which two texts are copies. Stricter than for stories: chains of likeness would put half of a set into one group. */
const COPY_BY_EMBEDDING = 0.9;

/** A shingle that so many texts share is a phrase and no copy; comparing all of them would be quadratic. */
const MOST_SHARING = 200;

/**
 * Puts copies of one text into one group and gives each text the number of its group: directly, or through others between them. By words
 * in a row, and by vectors where they are given and there are at most `ALL_PAIRS` texts.
 */
export function groupNearDuplicates(texts: readonly string[], vectors?: readonly Float32Array[]): readonly number[] {
  const prints = texts.map((text) => fingerprint(text));
  const parent = texts.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] as number;
    parent[index] = root;
    return root;
  };
  const join = (a: number, b: number): void => {
    const [x, y] = [find(a), find(b)];
    if (x !== y) parent[Math.max(x, y)] = Math.min(x, y);
  };
  const holders = new Map<string, number[]>();
  prints.forEach(({ shingles }, index) => {
    const met = new Set<number>();
    for (const shingle of shingles) {
      const known = holders.get(shingle);
      if (known === undefined) holders.set(shingle, [index]);
      else {
        for (const other of known) met.add(other);
        if (known.length < MOST_SHARING) known.push(index);
      }
    }
    const print = prints[index];
    for (const other of met) {
      const known = prints[other];
      if (print !== undefined && known !== undefined && find(other) !== find(index) && sameStory(known, print))
        join(other, index);
    }
  });
  if (vectors !== undefined && texts.length <= ALL_PAIRS)
    for (let i = 0; i < vectors.length; i++)
      for (let j = 0; j < i; j++)
        if (cosine(vectors[i] as Float32Array, vectors[j] as Float32Array) >= COPY_BY_EMBEDDING) join(i, j);
  return texts.map((_, index) => find(index));
}

/** Pairs of so many vectors are compared within a minute. */
const ALL_PAIRS = 12_000;
