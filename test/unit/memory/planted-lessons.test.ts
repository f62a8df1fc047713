import { beforeAll, describe, expect, it } from 'vitest';
import { WITHHELD_SHARE } from '#core/memory/withholding.ts';
import { liveThrough, type PlantedEnd, type PlantedWorld } from '#test/support/planted-world.ts';

/** Within so many decisions a lesson that does harm has no say any more. */
const STATED = 300;
const SEEDS = 200;

/** Eight trades that lost: memory forbids the ninth, unless the planted one, said to have won 8 R, talks it out of that. */
const WINNER = { known: Array<number>(8).fill(-1), planted: 8, withheldShare: WITHHELD_SHARE };
/** A middling memory that takes less risk; the planted one, said to have lost 4 R, makes it take none. */
const LOSER = { known: [-1, 0.5, -0.8, 0.4, -0.7, 0.3, -1], planted: -4, withheldShare: WITHHELD_SHARE };

const worlds = {
  'false winner': { ...WINNER, truth: -0.5 },
  'true winner': { ...WINNER, truth: 0.5 },
  'winner about nothing': { ...WINNER, truth: 0 },
  'false loser': { ...LOSER, truth: 0.8 },
  'true loser': { ...LOSER, truth: -0.8 },
  'false winner that is never withheld': { ...WINNER, truth: -0.5, withheldShare: 0 },
} satisfies Readonly<Record<string, PlantedWorld>>;
type World = keyof typeof worlds;

const ends = new Map<World, readonly PlantedEnd[]>();
const endsOf = (world: World): readonly PlantedEnd[] => ends.get(world) ?? [];
const demotedShare = (world: World): number =>
  endsOf(world).filter(({ demotedAt }) => demotedAt !== undefined).length / SEEDS;

describe(`a planted lesson after ${STATED} decisions, over ${SEEDS} seeds`, () => {
  beforeAll(() => {
    for (const world of Object.keys(worlds) as World[]) {
      ends.set(
        world,
        Array.from({ length: SEEDS }, (_, seed) => liveThrough(worlds[world], STATED, seed)),
      );
      const at = endsOf(world).map(({ demotedAt }) => demotedAt ?? Number.POSITIVE_INFINITY);
      at.sort((a, b) => a - b);
      const share = (100 * demotedShare(world)).toFixed(0);
      const [half, most] = [at[SEEDS / 2], at[SEEDS * 0.9]];
      console.info(`${world}: ${share} % demoted; half by decision ${half}, nine in ten by ${most}`);
    }
  });

  it('is demoted when it is false, whether it urges or warns', () => {
    expect(demotedShare('false winner')).toBeGreaterThan(0.93);
    expect(demotedShare('false loser')).toBeGreaterThan(0.85);
    for (const { why } of endsOf('false winner').filter(({ demotedAt }) => demotedAt !== undefined))
      expect(why).toMatch(/^it (costs|is worth nothing): -?\d/);
  });

  it('survives when it is true, whether it urges or warns', () => {
    expect(demotedShare('true winner')).toBeLessThan(0.18);
    expect(demotedShare('true loser')).toBeLessThan(0.15);
    const helped = endsOf('true winner').filter(({ why }) => why.startsWith('it helps')).length;
    expect(helped / SEEDS).toBeGreaterThan(0.1);
  });

  it('decays when it changes nothing', () => {
    expect(demotedShare('winner about nothing')).toBeGreaterThan(0.5);
  });

  it('is never found out while no lesson is withheld', () => {
    expect(demotedShare('false winner that is never withheld')).toBe(0);
    for (const { why } of endsOf('false winner that is never withheld'))
      expect(why).toBe('too few decisions to measure it yet');
  });

  it('was withheld as often as is stated', () => {
    const arms = endsOf('true winner').map((end) => end.arms);
    const used = arms.reduce((sum, one) => sum + (one?.used.n ?? 0), 0);
    const withheld = arms.reduce((sum, one) => sum + (one?.withheld.n ?? 0), 0);
    expect(withheld / (used + withheld)).toBeGreaterThan(WITHHELD_SHARE - 0.01);
    expect(withheld / (used + withheld)).toBeLessThan(WITHHELD_SHARE + 0.01);
  });
});
