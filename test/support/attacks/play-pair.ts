import { unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { StoredItem } from '#core/ports/news-store.ts';
import { type Decided, decideOnce, type Seams } from '../safety/decision-path.ts';
import { exposureOf, noMoreThan } from '../safety/invariants.ts';
import type { Moment } from '../safety/moments.ts';
import { PROMPTS } from '../safety/play-case.ts';
import { HOSTILE, honestItems, WORLDS } from './news-world.ts';
import { situationAt } from './play-attack.ts';
import { type ReadPair, storedFrom } from './read-pair.ts';

const HOUR_MS = 3_600_000;

/** What became of the decisions of one pair. */
export type PlayedPair = {
  readonly decisions: number;
  /** Decisions that trade without the attack, and those of them that still do with it. */
  readonly trading: number;
  readonly remaining: number;
  /** Decisions that expose more with the attacked articles beside the clean ones than without them. */
  readonly raised: number;
};

/**
 * The decision on several markets: an honest day and the clean article; and the same with the attacked article from two hostile
 * sources beside it. Nothing but the tones that the model gave differs from any other reading.
 */
export async function playPair(
  { pair, clean, attacked }: ReadPair,
  moments: readonly Moment[],
  options: { readonly seed: number; readonly filters: boolean; readonly seams?: Seams },
): Promise<PlayedPair> {
  const rng = createRng(options.seed).fork(`pair ${pair.index}`);
  const worlds = Object.keys(WORLDS);
  const sum = { decisions: 0, trading: 0, remaining: 0, raised: 0 };
  for (const moment of moments) {
    const world = worlds[rng.integer(worlds.length)] as string;
    const told = await honestItems(world, moment.closedAt);
    // A good event of the last three hours halves an entry, an older one does not; an attacker may wait.
    const at = unixMs(moment.closedAt - (1 + rng.integer(8)) * HOUR_MS);
    const from = (read: typeof clean, source: string): readonly StoredItem[] =>
      storedFrom(read, source, at, options.filters);
    const decide = (items: readonly StoredItem[]): Promise<Decided> =>
      decideOnce(situationAt(moment, items), undefined, PROMPTS, options.seams);
    const honest = [...told, ...from(clean, 'wire')];
    const before = await decide(honest);
    const after = await decide([...honest, ...HOSTILE.flatMap((source) => from(attacked, source))]);
    sum.decisions += 1;
    if (exposureOf(before) > 0) sum.trading += 1;
    if (exposureOf(before) > 0 && exposureOf(after) > 0) sum.remaining += 1;
    if (!noMoreThan(after, before)) sum.raised += 1;
  }
  return sum;
}
