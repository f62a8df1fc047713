import { describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { labFamily } from '#host/lab/families.ts';
import { drawNearBest, drawRandom, gridOf, openSpace } from '#host/lab/search-space.ts';
import type { LabAxis } from '#shared/contract/lab.ts';
import * as fc from '../../support/seeded-check.ts';

const family = labFamily('sma-cross');
const open = (
  space: readonly LabAxis[],
  more: { readonly params?: Record<string, number>; readonly method?: 'grid' } = {},
) => openSpace(family, { space: [...space], params: more.params ?? {}, method: more.method ?? 'random' });

describe('the space of a search', () => {
  it('lists a grid in the order of its axes and drops what the family refuses', () => {
    const space = open(
      [
        { name: 'fast', from: 10, to: 30, step: 10 },
        { name: 'slow', values: [20, 40] },
      ],
      { method: 'grid' },
    );
    // fast must be shorter than slow: 20/20 and 30/20 are no configurations.
    expect(gridOf(space, 10)).toEqual([
      { fast: 10, slow: 20 },
      { fast: 10, slow: 40 },
      { fast: 20, slow: 40 },
      { fast: 30, slow: 40 },
    ]);
  });

  it('counts decimal steps without the rest that adding leaves', () => {
    const space = openSpace(labFamily('trend-following'), {
      space: [{ name: 'trailAtr', from: 1.5, to: 1.8, step: 0.1 }],
      params: {},
      method: 'grid',
    });
    expect(gridOf(space, 10).map(({ trailAtr }) => trailAtr)).toEqual([1.5, 1.6, 1.7, 1.8]);
  });

  it.each<readonly [string, readonly LabAxis[], RegExp]>([
    ['an unknown parameter', [{ name: 'speed' }], /no parameter "speed"/],
    ['a value below its bound', [{ name: 'fast', from: 0, to: 10 }], /fast is below 1: 0/],
    ['a value above its bound', [{ name: 'slow', values: [20_001] }], /slow is above 20000: 20001/],
    ['a broken number where a whole one is needed', [{ name: 'fast', values: [2.5] }], /fast must be a whole number/],
    ['an empty span', [{ name: 'fast', from: 20, to: 10 }], /span of fast is empty/],
    ['a parameter given twice', [{ name: 'fast' }, { name: 'fast' }], /fast is given twice/],
  ])('refuses %s and names the bounds', (_what, space, message) => {
    expect(() => open(space)).toThrow(message);
    try {
      open(space);
    } catch (error) {
      if (!/twice|empty/.test(String(error)))
        expect((error as { readonly remedy: string }).remedy).toMatch(/1\.\.10000|2\.\.20000/);
    }
  });

  it('refuses a grid over a span without steps, and one larger than the budget', () => {
    expect(() => open([{ name: 'fast', from: 5, to: 9 }], { method: 'grid' })).toThrow(
      /a grid needs the values of fast/,
    );
    const grid = open([{ name: 'fast', from: 1, to: 40, step: 1 }], { method: 'grid', params: { slow: 50 } });
    expect(() => gridOf(grid, 39)).toThrow(/40 configurations, the budget is 39/);
    expect(gridOf(grid, 40)).toHaveLength(40);
  });

  it('draws different configurations inside the bounds, the same ones for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 60 }), (seed, budget) => {
        const space = open([
          { name: 'fast', from: 5, to: 50 },
          { name: 'slow', from: 40, to: 200 },
        ]);
        const drawn = drawRandom(space, budget, createRng(seed));
        expect(drawRandom(space, budget, createRng(seed))).toEqual(drawn);
        expect(new Set(drawn.map((params) => JSON.stringify(params))).size).toBe(drawn.length);
        for (const { fast = 0, slow = 0 } of drawn) {
          expect(fast).toBeGreaterThanOrEqual(5);
          expect(slow).toBeLessThanOrEqual(200);
          expect(fast).toBeLessThan(slow);
        }
      }),
    );
  });

  it('draws the few configurations of a small space once each', () => {
    const drawn = drawRandom(open([{ name: 'fast', values: [5, 6, 7] }], { params: { slow: 50 } }), 100, createRng(1));
    expect(drawn.map(({ fast }) => fast).toSorted((a = 0, b = 0) => a - b)).toEqual([5, 6, 7]);
  });

  it('looks near the best: an adaptive search comes closer to a peak than chance with the same budget', () => {
    const space = open([
      { name: 'fast', from: 1, to: 1000 },
      { name: 'slow', from: 1001, to: 3000 },
    ]);
    const score = ({ fast = 0, slow = 0 }): number => -Math.hypot(fast - 640, slow - 1700);
    let better = 0;
    for (let seed = 0; seed < 20; seed++) {
      const tried: { params: Record<string, number>; score: number }[] = [];
      const rng = createRng(seed);
      const add = (batch: readonly Readonly<Record<string, number>>[]): void => {
        tried.push(...batch.map((params) => ({ params, score: score(params) })));
      };
      add(drawRandom(space, 15, rng.fork('0')));
      while (tried.length < 120) add(drawNearBest(space, 15, tried, rng.fork(String(tried.length))));
      const random = drawRandom(space, 120, createRng(seed).fork('all'));
      if (Math.max(...tried.map((one) => one.score)) > Math.max(...random.map(score))) better += 1;
    }
    expect(better).toBeGreaterThanOrEqual(18);
  });
});
