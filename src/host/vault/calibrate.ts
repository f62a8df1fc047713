import type { PassphraseCost, PassphraseHash } from '#core/ports/passphrase-hash.ts';

/** Never cheaper than this, however slow the machine: the second recommendation of RFC 9106 on one lane. */
export const LEAST_COST: PassphraseCost = { memoryKiB: 65_536, passes: 3, lanes: 1 };
const MOST_MEMORY_KIB = 262_144;
/** An unlock should take 400 to 800 ms; aimed at in the middle. */
const AIM_MS = 560;
const GOOD_MS = { least: 440, most: 720 } as const;
const ROUNDS = 6;
const MOST_PASSES = 512;

/**
 * Measures what this machine can bear: memory grows first, up to 256 MiB, then the passes. The faster of two runs counts, so that another
 * program's load does not make the vault cheap. Takes a few seconds, once in the life of a passphrase.
 */
export async function calibrateCost(hash: PassphraseHash, monotonicMs: () => number): Promise<PassphraseCost> {
  const salt = new Uint8Array(16);
  const once = async (cost: PassphraseCost): Promise<number> => {
    const began = monotonicMs();
    await hash.derive('a passphrase to measure with', salt, cost);
    return monotonicMs() - began;
  };
  let cost = LEAST_COST;
  for (let round = 0; round < ROUNDS; round++) {
    const ms = Math.min(await once(cost), await once(cost));
    const next = fitted(cost, ms);
    if (next === undefined) return cost;
    cost = next;
  }
  return cost;
}

/** The cost to try next, or undefined when this one does. Time is proportional to memory times passes. */
function fitted(cost: PassphraseCost, ms: number): PassphraseCost | undefined {
  if (ms >= GOOD_MS.least && ms <= GOOD_MS.most) return undefined;
  const work = cost.memoryKiB * cost.passes * (AIM_MS / Math.max(ms, 1));
  const memoryKiB = clamp(1024 * Math.round(work / LEAST_COST.passes / 1024), LEAST_COST.memoryKiB, MOST_MEMORY_KIB);
  const passes = clamp(Math.round(work / memoryKiB), LEAST_COST.passes, MOST_PASSES);
  const same = memoryKiB === cost.memoryKiB && passes === cost.passes;
  return same ? undefined : { memoryKiB, passes, lanes: 1 };
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
