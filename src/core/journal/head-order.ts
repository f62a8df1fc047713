import type { SignedHead } from './signed-head.ts';

/**
 * How a head that was kept elsewhere stands to the heads beside the journal. `behind`: it is one of the earlier ones, as after a crash or
 * while the other place could not be written. `ahead`: it is newer than all of them, so that what lies here is an older copy.
 * `foreign`: a head of its number is here, but another one, or was never here.
 */
export type HeadOrder = 'same' | 'behind' | 'ahead' | 'foreign';

export function compareHeads(here: readonly SignedHead[], kept: SignedHead): HeadOrder {
  const newest = here.at(-1);
  if (newest === undefined || kept.counter > newest.counter) return 'ahead';
  if (here.find(({ counter }) => counter === kept.counter)?.signature !== kept.signature) return 'foreign';
  return kept.counter === newest.counter ? 'same' : 'behind';
}
