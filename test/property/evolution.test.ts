import { describe, expect, it } from 'vitest';
import { bestFirst, drawControl, evolve } from '#core/evolution/evolve.ts';
import { drawGenome, faultOf, traitOf, usualGenome } from '#core/evolution/genome.ts';
import { createLineage } from '#core/evolution/lineage.ts';
import { crossOver, mutate } from '#core/evolution/vary.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import { createRng } from '#core/kernel/rng.ts';
import { digest, EVOLVABLE, sheetOf } from '../support/evolution.ts';
import * as fc from '../support/seeded-check.ts';

const family = fc.constantFrom(...EVOLVABLE);
const seed = fc.integer({ min: 0, max: 0xffff_ffff });

describe('mutation and crossover', () => {
  it('are closed over validity: every child of every line is a genome of its family, inside all bounds', () => {
    fc.assert(
      fc.property(family, seed, fc.integer({ min: 1, max: 12 }), (name, start, steps) => {
        const sheet = sheetOf(name);
        const rng = createRng(start);
        let line = [usualGenome(digest, sheet), drawGenome(digest, sheet, rng)] as const;
        for (let i = 0; i < steps; i++) {
          const child = mutate(digest, sheet, line[0], rng);
          const mixed = crossOver(digest, sheet, line[1], child, rng);
          for (const genome of [child, mixed])
            expect(faultOf(digest, sheet, genome), canonicalJson(genome)).toBeUndefined();
          line = [mixed, child];
        }
      }),
      { numRuns: 150 },
    );
  });

  it('give the same children for the same seed', () => {
    fc.assert(
      fc.property(family, seed, (name, start) => {
        const sheet = sheetOf(name);
        const children = () => {
          const rng = createRng(start);
          const [a, b] = [drawGenome(digest, sheet, rng), drawGenome(digest, sheet, rng)];
          return [a, b, mutate(digest, sheet, a, rng), crossOver(digest, sheet, a, b, rng)];
        };
        expect(canonicalJson(children())).toBe(canonicalJson(children()));
      }),
      { numRuns: 100 },
    );
  });

  it('cross only what the parents have: every gene and step of a child is one of theirs', () => {
    fc.assert(
      fc.property(family, seed, (name, start) => {
        const sheet = sheetOf(name);
        const rng = createRng(start);
        const [a, b] = [drawGenome(digest, sheet, rng), drawGenome(digest, sheet, rng)];
        const child = crossOver(digest, sheet, a, b, rng);
        for (const { name: gene } of sheet.genes)
          expect([a.parameters[gene], b.parameters[gene]]).toContain(child.parameters[gene]);
        for (const part of ['risk', 'stop', 'target'] as const)
          expect([a.envelope[part], b.envelope[part]]).toContain(child.envelope[part]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a search', () => {
  it('never tries a configuration twice, keeps to its budget, breeds a tree without orphans, and depends on the seed alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(family, { minLength: 1, maxLength: 3 }),
        seed,
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 5 }),
        async (names, start, population, generations) => {
          const sheets = names.map(sheetOf);
          // Any function of the genome will do as its fitness; some have none.
          const fitness = (text: string): number | null => {
            const value = Number.parseInt(digest(text).slice(0, 6), 16);
            return value % 7 === 0 ? null : value;
          };
          const run = () =>
            evolve({
              digest,
              sheets,
              population,
              generations,
              rng: createRng(start),
              evaluate: async (candidates) => candidates.map(({ genome }) => fitness(traitOf(genome))),
            });
          const scored = await run();
          const genomes = scored.map(({ genome }) => genome);
          expect(scored.length).toBe(population * generations);
          expect(new Set(genomes.map(traitOf)).size).toBe(scored.length);
          const lineage = createLineage(digest, genomes);
          for (const { hash, parents } of genomes)
            expect(lineage.ancestors(hash).length).toBeGreaterThanOrEqual(new Set(parents).size);
          expect(canonicalJson(await run())).toBe(canonicalJson(scored));
          const sorted = bestFirst(scored).map(({ fitness: value }) => value);
          expect(sorted).toEqual([...sorted].sort((x, y) => y - x));
          const control = drawControl({ digest, sheets, population, generations, rng: createRng(start) });
          expect(new Set(control.map(traitOf)).size).toBe(population * generations);
        },
      ),
      { numRuns: 25 },
    );
  });
});
