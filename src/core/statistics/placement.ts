import type { Rng } from '../kernel/rng.ts';

/** A position held from the open of candle `entry` to the open of candle `exit`. */
export type Placement = { readonly entry: number; readonly exit: number };

export type HeldPosition = Placement & { readonly direction: 'long' | 'short' };

/** Shuffles in place (Fisher and Yates), every order equally likely. */
export function shuffle(items: unknown[], rng: Rng): void {
  for (let i = items.length - 1; i > 0; i--) {
    const other = rng.integer(i + 1);
    const item = items[i];
    items[i] = items[other];
    items[other] = item;
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

/** `count` different numbers of 0..bound-1, sorted; every subset equally likely (R. Floyd, in Bentley's Programming Pearls 1987). */
function chooseSorted(count: number, bound: number, rng: Rng): Int32Array {
  const taken = new Uint8Array(bound);
  const chosen = new Int32Array(count);
  for (let i = 0, top = bound - count; top < bound; i++, top++) {
    const candidate = rng.integer(top + 1);
    const place = taken[candidate] === 1 ? top : candidate;
    taken[place] = 1;
    chosen[i] = place;
  }
  return chosen.sort();
}
