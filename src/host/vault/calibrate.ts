import type { PassphraseCost, PassphraseHash } from '#core/ports/passphrase-hash.ts';

/** Never cheaper than this, however slow the machine: the second recommendation of RFC 9106 on one lane. */
export const LEAST_COST: PassphraseCost = { memoryKiB: 65_536, passes: 3, lanes: 1 };
const MOST_MEMORY_KIB = 262_144;
/** An unlock should take 400 to 800 ms; aimed at in the middle. */
const AIM_MS = 560;
const GOOD_MS = { least: 440, most: 720 } as const;
const ROUNDS = 6;
const MOST_PASSES = 512;

/** Milliseconds that have passed, and milliseconds that this process has computed; the second knows nothing of other programs. */
const systemClocks: readonly (() => number)[] = [
  () => performance.now(),
  () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
];

/**
 * Measures what this machine can bear: memory grows first, up to 256 MiB, then the passes. Neither another program's load nor our own may
 * make the vault cheap: the faster of two runs counts, each by the clock that says less (the hash runs on one thread, so that either clock
 * can only say too much). Takes a few seconds, once in the life of a passphrase.
 */
export async function calibrateCost(
  hash: PassphraseHash,
  clocks: readonly (() => number)[] = systemClocks,
): Promise<PassphraseCost> {
  const salt = new Uint8Array(16);
  const once = async (cost: PassphraseCost): Promise<number> => {
    const began = clocks.map((clock) => clock());
    await hash.derive('a passphrase to measure with', salt, cost);
    return Math.min(...clocks.map((clock, index) => clock() - (began[index] ?? 0)));
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
