/** Seeded chance. Each consumer forks its own stream by label, so that a new consumer never shifts the others. */
export interface Rng {
  /** Uniform in [0, 1) with 32 bits. */
  next(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal (Box-Muller, one value a call). */
  normal(): number;
  fork(label: string): Rng;
}

/** FNV-1a over UTF-16 code units, 32 bits: mixes a label into a seed. */
function hashLabel(text: string, seed: number): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619) >>> 0;
  return hash;
}

/** mulberry32 (T. Ettinger, public domain): 32-bit state, full period, good enough for markets that never claim to be real. */
export function createRng(seed: number): Rng {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed must be a non-negative integer: ${seed}`);
  // Both halves of the seed count: 2^32 and 0 are different seeds.
  const root = (hashLabel('rng', seed >>> 0) ^ Math.imul(Math.floor(seed / 0x1_0000_0000), 0x9e3779b1)) >>> 0;
  let state = root;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return {
    next,
    integer: (bound) => Math.floor(next() * bound),
    normal: () => {
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      return radius * Math.cos(2 * Math.PI * next());
    },
    fork: (label) => createRng(hashLabel(label, root)),
  };
}
