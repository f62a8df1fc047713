import type { NewsVector } from './types.ts';

/** Letters and digits alone, lower case: what two prints of one text have in common. */
export const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Words in a row that are compared. */
const SHINGLE = 3;
/** Share of common shingles from which two texts are one story; without an embedding model. Syndicated copies share 0.6 and more. */
export const SAME_BY_SHINGLES = 0.5;
/** Cosine of two embeddings from which two texts are one story; two headlines about one event by different hands lie around 0.75 to 0.9. */
export const SAME_BY_EMBEDDING = 0.8;

/** What a text is compared by. */
export type Fingerprint = {
  readonly exact: string;
  readonly shingles: ReadonlySet<string>;
  readonly vector?: NewsVector;
};

export function fingerprint(text: string, vector?: NewsVector): Fingerprint {
  const exact = normalised(text);
  const words = exact.split(' ');
  const shingles = new Set<string>();
  for (let i = 0; i + SHINGLE <= words.length; i++) shingles.add(words.slice(i, i + SHINGLE).join(' '));
  if (shingles.size === 0) shingles.add(exact);
  return { exact, shingles, ...(vector === undefined ? {} : { vector }) };
}

/** True when both tell the same thing: the same words, nearly the same words, or, where both were embedded, the same meaning. */
export function sameStory(a: Fingerprint, b: Fingerprint): boolean {
  if (a.exact === b.exact) return true;
  if (jaccard(a.shingles, b.shingles) >= SAME_BY_SHINGLES) return true;
  if (a.vector === undefined || b.vector === undefined || a.vector.model !== b.vector.model) return false;
  return cosine(a.vector.values, b.vector.values) >= SAME_BY_EMBEDDING;
}

export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  // Sets of very different size cannot share half of their union.
  if (small.size < large.size * SAME_BY_SHINGLES) return 0;
  let common = 0;
  for (const shingle of small) if (large.has(shingle)) common++;
  return common / (a.size + b.size - common);
}

/** Of two vectors of length 1 from one model. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
