import type { Rng } from '../kernel/rng.ts';

/** A position held from the open of candle `entry` to the open of candle `exit`. */
export type Placement = { readonly entry: number; readonly exit: number };

export type HeldPosition = Placement & { readonly direction: 'long' | 'short' };

/** 0..count-1. Orders are shuffled as numbers and what they number stays where it is: objects in a random order are slow to walk through. */
export const inOrder = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

/** Shuffles in place (Fisher and Yates), every order equally likely. */
export function shuffle(order: Int32Array, rng: Rng): void {
  for (let i = order.length - 1; i > 0; i--) {
    const other = rng.integer(i + 1);
    const item = order[i] as number;
    order[i] = order[other] as number;
    order[other] = item;
  }
}

/**
 * Puts positions of the given lengths (in candles, in the given order) at random moments of `candles` candles without overlap, and
 * answers where each begins. Every arrangement is equally likely: k positions and f free candles are f + k places of which k sorted
 * ones begin a position. Returns undefined when they don't fit.
 */
export function placeAtRandom(lengths: Int32Array, candles: number, rng: Rng): Int32Array | undefined {
  let held = 0;
  for (const length of lengths) held += length;
  const free = candles - held;
  if (free < 0) return undefined;
  const entries = chooseSorted(lengths.length, free + lengths.length, rng);
  let before = 0;
  for (let i = 0; i < lengths.length; i++) {
    // i positions lie before this one, each of which took one of the places and `before` candles in all.
    entries[i] = (entries[i] as number) - i + before;
    before += lengths[i] as number;
  }
  return entries;
}

/**
 * `count` different numbers of 0..bound-1, sorted; every subset equally likely (R. Floyd, in Bentley's Programming Pearls 1987). One bit
 * for each number: read back in order, they need no sorting.
 */
function chooseSorted(count: number, bound: number, rng: Rng): Int32Array {
  const taken = new Int32Array((bound >>> 5) + 1);
  for (let top = bound - count; top < bound; top++) {
    const candidate = rng.integer(top + 1);
    const isTaken = ((taken[candidate >>> 5] as number) >>> (candidate & 31)) & 1;
    const place = isTaken === 1 ? top : candidate;
    taken[place >>> 5] = (taken[place >>> 5] as number) | (1 << (place & 31));
  }
  const chosen = new Int32Array(count);
  let found = 0;
  for (let word = 0; word < taken.length; word++) {
    // The lowest bit that is set, until none is left.
    for (let bits = taken[word] as number; bits !== 0; bits &= bits - 1)
      chosen[found++] = (word << 5) + 31 - Math.clz32(bits & -bits);
  }
  return chosen;
}
