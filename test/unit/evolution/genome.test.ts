import { describe, expect, it } from 'vitest';
import { compare, parseDecimal } from '#core/domain/decimal.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { envelopeOf, FULL_STEPS } from '#core/evolution/envelope-steps.ts';
import { drawGenome, faultOf, sealGenome, traitOf, usualGenome } from '#core/evolution/genome.ts';
import { createLineage } from '#core/evolution/lineage.ts';
import { respawn } from '#core/evolution/respawn.ts';
import type { Genome } from '#core/evolution/types.ts';
import { crossOver, MUTATION_STEP, mutate } from '#core/evolution/vary.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createRng } from '#core/kernel/rng.ts';
import { specHash } from '#core/spawner/make-spec.ts';
import { DEFAULT_SPAWN_POLICY } from '#core/spawner/policy.ts';
import { digest, sheetOf } from '../../support/evolution.ts';

const sheet = sheetOf('trend-following');
const at = {
  instrumentId: 'BTC/USDT' as InstrumentId,
  interval: '1h',
  expiresAt: unixMs(1_800_000_000_000),
  seed: 7,
} as const;
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'nothing was refused';
};

/** Three generations: two draws, a child of both, and its mutated child. */
function line(seed = 5): readonly [Genome, Genome, Genome, Genome] {
  const rng = createRng(seed);
  const [a, b] = [drawGenome(digest, sheet, rng), drawGenome(digest, sheet, rng)];
  const child = crossOver(digest, sheet, a, b, rng);
  return [a, b, child, mutate(digest, sheet, child, rng)];
}

describe('a genome', () => {
  it('has another hash with other parents, and is the same configuration all the same', () => {
    const [a, b] = line();
    const other = sealGenome(digest, { ...a, parents: [b.hash] });
    expect(other.hash).not.toBe(a.hash);
    expect(traitOf(other)).toBe(traitOf(a));
  });

  it('is told from what is none: other bounds, other names, a wider envelope, a false hash', () => {
    const usual = usualGenome(digest, sheet);
    const sealed = (more: Partial<Genome>): Genome => sealGenome(digest, { ...usual, ...more });
    expect(faultOf(digest, sheet, usual)).toBeUndefined();
    const wrong: readonly (readonly [Genome, RegExp])[] = [
      [sealed({ parameters: { ...usual.parameters, minAdx: 41 } }), /minAdx is outside 0..40/],
      [sealed({ parameters: { ...usual.parameters, fastLength: 9.5 } }), /fastLength/],
      [sealed({ parameters: { ...usual.parameters, fastLength: 40, slowLength: 20 } }), /refuses the combination/],
      [sealed({ parameters: { ...usual.parameters, more: 1 } }), /other parameters/],
      [sealed({ envelope: { ...FULL_STEPS, risk: 5 } }), /wider than the policy/],
      [sealed({ envelope: { ...FULL_STEPS, stop: 1 } }), /wider than the policy or no whole steps/],
      [sealed({ family: 'dca' }), /is of dca/],
      [{ ...usual, parents: [usual.hash] }, /hash/],
    ];
    for (const [genome, why] of wrong) expect(faultOf(digest, sheet, genome)).toMatch(why);
  });

  it('never gives an agent more than the policy allows', () => {
    for (const risk of [1, 2, 3, 4])
      for (const stop of [2, 3, 4])
        for (const target of [2, 3, 4]) {
          const envelope = envelopeOf({ risk, stop, target });
          if (envelope === undefined) expect([risk, stop, target]).toEqual([4, 4, 4]);
          for (const [name, limit] of Object.entries(envelope ?? {}))
            expect(
              compare(parseDecimal(limit), parseDecimal(DEFAULT_SPAWN_POLICY[name as 'stopAtr'])),
            ).toBeLessThanOrEqual(0);
        }
    expect(envelopeOf({ risk: 1, stop: 2, target: 3 })).toEqual({
      riskPerTrade: '0.00125',
      maxNotionalFraction: '0.0625',
      stopAtr: '1',
      targetAtr: '2.25',
    });
  });

  it('mutates by steps whose deviation is a tenth of the span', () => {
    const usual = sealGenome(digest, {
      ...usualGenome(digest, sheet),
      parameters: {
        ...sheet.complete({ fastLength: 12, slowLength: 60, minAdx: 20, trailLength: 30, trailAtr: 3.75 }),
      },
    });
    const rng = createRng(3);
    const steps: number[] = [];
    for (let i = 0; i < 4000; i++) {
      const moved = (mutate(digest, sheet, usual, rng).parameters['trailAtr'] ?? 0) - 3.75;
      if (moved !== 0) steps.push(moved / 4.5);
    }
    const deviation = Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0) / steps.length);
    expect(steps.length).toBeGreaterThan(500);
    expect(deviation).toBeGreaterThan(0.9 * MUTATION_STEP);
    expect(deviation).toBeLessThan(1.1 * MUTATION_STEP);
  });

  it('has no child with a genome of another family', () => {
    const other = usualGenome(digest, sheetOf('reversal'));
    const own = usualGenome(digest, sheet);
    expect(codeOf(() => crossOver(digest, sheet, own, other, createRng(1)))).toBe('unsupported');
    expect(codeOf(() => crossOver(digest, sheet, other, own, createRng(1)))).toBe('unsupported');
    expect(codeOf(() => mutate(digest, sheet, other, createRng(1)))).toBe('unsupported');
  });

  it('is not made of a yardstick, nor of a family that needs more than candles', () => {
    expect(codeOf(() => sheetOf('sma-cross' as 'dca'))).toBe('usage');
    expect(codeOf(() => sheetOf('sentiment'))).toBe('unsupported');
  });
});

describe('lineage', () => {
  it('keeps a tree without orphans and answers every ancestor, parents before children', () => {
    const [a, b, child, grandchild] = line();
    const lineage = createLineage(digest, [a, b, child, grandchild]);
    expect(lineage.ancestors(grandchild.hash).map(({ hash }) => hash)).toEqual([a.hash, b.hash, child.hash]);
    expect(lineage.children(a.hash)).toEqual([child]);
    expect(lineage.tree(grandchild.hash)).toEqual({
      genome: grandchild,
      parents: [
        {
          genome: child,
          parents: [
            { genome: a, parents: [] },
            { genome: b, parents: [] },
          ],
        },
      ],
    });
    expect(codeOf(() => createLineage(digest, [a, child]))).toBe('bad_data');
    expect(codeOf(() => createLineage(digest, [{ ...a, parameters: b.parameters }]))).toBe('bad_data');
  });

  it('refuses to forget an ancestor while anything descends from it, and forgets from the leaves', () => {
    const [a, b, child, grandchild] = line();
    const lineage = createLineage(digest, [a, b, child, grandchild]);
    for (const ancestor of [a, b, child]) {
      expect(codeOf(() => lineage.remove(ancestor.hash))).toBe('refused');
      expect(lineage.get(ancestor.hash)).toBe(ancestor);
    }
    for (const leaf of [grandchild, child, b, a]) lineage.remove(leaf.hash);
    expect(codeOf(() => lineage.get(a.hash))).toBe('not_found');
  });

  it('re-spawns the very agent from what was kept, byte for byte', () => {
    const genomes = line();
    const [, , , grandchild] = genomes;
    const kept = genomes.map((genome) => JSON.parse(canonicalJson(genome)) as Genome);
    const again = createLineage(digest, kept).get(grandchild.hash);
    const spec = respawn(digest, grandchild, at);
    expect(canonicalJson(respawn(digest, again, at))).toBe(canonicalJson(spec));
    expect(spec.hash).toBe(specHash(digest, spec));
    expect(spec.parents).toEqual([grandchild.hash]);
    expect(respawn(digest, again, { ...at, seed: 8 }).hash).not.toBe(spec.hash);
  });
});
