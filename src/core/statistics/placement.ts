import type { Rng } from '../kernel/rng.ts';

/** A position held from the open of candle `entry` to the open of candle `exit`. */
export type Placement = { readonly entry: number; readonly exit: number };

export type HeldPosition = Placement & { readonly direction: 'long' | 'short' };

/** Shuffles in place (Fisher and Yates), every order equally likely. */
export function shuffle(items: unknown[], rng: Rng): void {
  for (let i = items.length - 1; i > 0; i--) {
    const other = rng.integer(i + 1);
    [items[i], items[other]] = [items[other], items[i]];
  }
}

/**
 * Puts positions of the given lengths (in candles, in the given order) at random moments of `candles` candles without overlap. Every
 * arrangement is equally likely: k positions and f free candles are f + k places of which k sorted ones begin a position. Returns
 * undefined when they don't fit.
 */
export function placeAtRandom(lengths: readonly number[], candles: number, rng: Rng): readonly Placement[] | undefined {
  const held = lengths.reduce((sum, length) => sum + length, 0);
  const free = candles - held;
  if (free < 0) return undefined;
  const places = chooseSorted(lengths.length, free + lengths.length, rng);
  let before = 0;
  return lengths.map((length, i) => {
    // i positions lie before this one, each of which took one of the places and `before` candles in all.
    const entry = (places[i] as number) - i + before;
    before += length;
    return { entry, exit: entry + length };
  });
}

/** `count` different numbers of 0..bound-1, sorted; every subset equally likely (R. Floyd, in Bentley's Programming Pearls 1987). */
function chooseSorted(count: number, bound: number, rng: Rng): readonly number[] {
  const chosen = new Set<number>();
  for (let top = bound - count; top < bound; top++) {
    const candidate = rng.integer(top + 1);
    chosen.add(chosen.has(candidate) ? top : candidate);
  }
  return [...chosen].sort((a, b) => a - b);
}
