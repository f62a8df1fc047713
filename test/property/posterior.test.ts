import { describe, expect, it } from 'vitest';
import { ENOUGH_EFFECTIVE, type Posterior, posteriorOf, type WeighedResult } from '#core/domain/posterior.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { RecalledLesson } from '#core/memory/types.ts';
import { weighLessons } from '#core/spawner/memory-evidence.ts';
import { type FamilyCandidate, preferFamily } from '#core/spawner/prefer-family.ts';
import { lessonOf, NOW, recalled } from '#test/support/spawn-inputs.ts';
import * as fc from '../support/seeded-check.ts';

const values = fc.integer({ min: -4000, max: 8000 }).map((n) => n / 1000);
const results: fc.Arbitrary<readonly WeighedResult[]> = fc
  .array(fc.record({ value: values, weight: fc.integer({ min: 1, max: 100 }).map((n) => n / 100) }), {
    minLength: 8,
    maxLength: 16,
  })
  .map((list) => list.map((one, i) => ({ id: `L-${i}`, ...one })));

const estimate = (posterior: Posterior): Posterior & { readonly kind: 'estimate' } => {
  if (posterior.kind !== 'estimate') throw new Error('expected an estimate');
  return posterior;
};
/** Estimates always, so that every case says something. */
const of = (list: readonly WeighedResult[]) => estimate(posteriorOf(list, 0));

describe('the posterior of an expectancy', () => {
  it('never falls in any of its numbers when one result gets better', () => {
    fc.assert(
      fc.property(results, fc.nat(), values, (list, at, gain) => {
        const place = at % list.length;
        const better = list.map((one, i) => (i === place ? { ...one, value: one.value + Math.abs(gain) } : one));
        const [before, after] = [of(list), of(better)];
        for (const key of ['mean', 'low', 'high', 'above'] as const)
          expect(after[key], key).toBeGreaterThanOrEqual(before[key]);
      }),
      { numRuns: 100 },
    );
  });

  it('never rises when a result as bad as the worst is added, nor falls for one as good as the best', () => {
    fc.assert(
      fc.property(results, (list) => {
        const worst = Math.min(-1, ...list.map(({ value }) => value));
        const best = Math.max(1, ...list.map(({ value }) => value));
        const before = of(list);
        const down = of([...list, { id: 'more', value: worst, weight: 1 }]);
        const up = of([...list, { id: 'more', value: best, weight: 1 }]);
        for (const key of ['mean', 'low', 'high', 'above'] as const) {
          expect(down[key], key).toBeLessThanOrEqual(before[key]);
          expect(up[key], key).toBeGreaterThanOrEqual(before[key]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the same in any order, and its interval holds its mean', () => {
    fc.assert(
      fc.property(results, fc.nat(), (list, seed) => {
        const rng = createRng(seed);
        const shuffled = list.map((one) => ({ one, at: rng.next() })).sort((a, b) => a.at - b.at);
        const found = of(list);
        expect(of(shuffled.map(({ one }) => one))).toEqual(found);
        expect(found.low).toBeLessThanOrEqual(found.mean);
        expect(found.high).toBeGreaterThanOrEqual(found.mean);
      }),
      { numRuns: 60 },
    );
  });

  it('says that there is not enough data below its number, and counts what is old or unlike by less', () => {
    const list = (n: number, weight: number) => Array.from({ length: n }, (_, i) => ({ id: `${i}`, value: 1, weight }));
    expect(posteriorOf(list(4, 1))).toEqual({
      kind: 'not_enough_data',
      n: 4,
      effectiveN: 4,
      needed: ENOUGH_EFFECTIVE,
    });
    expect(posteriorOf(list(9, 0.5))).toMatchObject({ kind: 'not_enough_data', n: 9, effectiveN: 4.5 });
    expect(posteriorOf(list(5, 1)).kind).toBe('estimate');
    expect(posteriorOf([{ id: 'a', value: 1, weight: 0 }, ...list(5, 1)])).toMatchObject({ n: 5, effectiveN: 5 });
    const width = (weight: number): number => {
      const found = of(list(10, weight).map((one, i) => ({ ...one, value: i % 2 === 0 ? -1 : 2 })));
      return found.high - found.low;
    };
    expect(width(0.3)).toBeGreaterThan(width(1) * 1.3);
  });

  it('refuses what is no number', () => {
    expect(() => posteriorOf([{ id: 'a', value: Number.NaN, weight: 1 }])).toThrow(RangeError);
    expect(() => posteriorOf([{ id: 'a', value: 1, weight: 1.5 }])).toThrow(RangeError);
  });

  it('holds the true average nearly as often as it says, with tails of stops and runners', () => {
    const trials = 200;
    const covered = [6, 24].map((n) => {
      let held = 0;
      for (let trial = 0; trial < trials; trial++) {
        const rng = createRng(n * 10_000 + trial);
        // Sixty of a hundred lose 1 R, the others win 0.5 to 3.5 R: an average of 0.2 R.
        const list = Array.from({ length: n }, (_, i) => ({
          id: `${trial}.${i}`,
          value: rng.next() < 0.6 ? -1 : 0.5 + 3 * rng.next(),
          weight: 1,
        }));
        const { low, high } = of(list);
        if (low <= 0.2 && high >= 0.2) held++;
      }
      return held / trials;
    });
    for (const share of covered) expect(share).toBeGreaterThan(0.85);
    for (const share of covered) expect(share).toBeLessThan(0.985);
  });
});

const lessons: fc.Arbitrary<readonly RecalledLesson[]> = fc
  .array(fc.record({ value: values, similarity: fc.integer({ min: 40, max: 100 }).map((n) => n / 100) }), {
    maxLength: 14,
  })
  .map((list) =>
    list.map(({ value, similarity }, i) => recalled(lessonOf(String(i), { outcomeR: value.toFixed(3) }), similarity)),
  );
const improved = (list: readonly RecalledLesson[], at: number, by: number): readonly RecalledLesson[] =>
  list.map((one, i) =>
    i === at % Math.max(1, list.length)
      ? recalled({ ...one.lesson, outcomeR: (Number(one.lesson.outcomeR) + by).toFixed(3) }, one.similarity)
      : one,
  );

describe('what memory leaves of the risk', () => {
  it('is between nothing and all of it, and never less because a remembered trade did better', () => {
    let cut = 0;
    fc.assert(
      fc.property(lessons, fc.nat(), fc.integer({ min: 0, max: 4000 }), (list, at, by) => {
        const weigh = (some: readonly RecalledLesson[]) =>
          Number(weighLessons(some, 'trend-following', 'trending_up', NOW).factor);
        const [before, after] = [weigh(list), weigh(improved(list, at, by / 1000))];
        expect(before).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(1);
        expect(after).toBeGreaterThanOrEqual(before);
        if (before < 1) cut++;
      }),
      { numRuns: 150 },
    );
    expect(cut).toBeGreaterThan(0);
  });

  it('never turns from a family because one of its trades did better', () => {
    const candidate = (family: FamilyCandidate['family'], list: readonly RecalledLesson[]): FamilyCandidate => ({
      family,
      memory: weighLessons(
        list.map(({ lesson, similarity }) => recalled({ ...lesson, family }, similarity)),
        family,
        'trending_up',
        NOW,
      ),
    });
    fc.assert(
      fc.property(
        lessons,
        lessons,
        fc.nat(),
        fc.integer({ min: 0, max: 4000 }),
        fc.boolean(),
        (a, b, at, by, first) => {
          const choose = (one: readonly RecalledLesson[], other: readonly RecalledLesson[]) =>
            preferFamily([candidate('trend-following', one), candidate('mean-reversion', other)]).family;
          const before = choose(a, b);
          const better = by / 1000;
          const after = first ? choose(improved(a, at, better), b) : choose(a, improved(b, at, better));
          if (before === (first ? 'trend-following' : 'mean-reversion')) expect(after).toBe(before);
        },
      ),
      { numRuns: 150 },
    );
  });
});
