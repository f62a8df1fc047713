import { describe, expect, it } from 'vitest';
import { type DepthLevel, walkBook, withoutLots } from '#core/matching/walk-book.ts';
import * as fc from '../../support/seeded-check.ts';

const LEVELS: readonly DepthLevel[] = [
  { ticks: 100, lots: 2 },
  { ticks: 101, lots: 3 },
  { ticks: 105, lots: 10 },
];

const levels = fc
  .array(fc.record({ step: fc.integer({ min: 1, max: 9 }), lots: fc.integer({ min: 1, max: 50 }) }), { maxLength: 8 })
  .map((steps) => {
    let ticks = 100;
    return steps.map(({ step, lots }): DepthLevel => {
      ticks += step;
      return { ticks, lots };
    });
  });
const lotsOf = (side: readonly DepthLevel[]): number => side.reduce((total, { lots }) => total + lots, 0);

describe('walking a book', () => {
  it('takes the best level first and the last one in part', () => {
    expect(walkBook(LEVELS, 7)).toEqual({
      fills: [
        { ticks: 100, lots: 2 },
        { ticks: 101, lots: 3 },
        { ticks: 105, lots: 2 },
      ],
      left: 0,
    });
  });

  it('says how much is not there', () => {
    expect(walkBook(LEVELS, 20).left).toBe(5);
    expect(walkBook([], 20)).toEqual({ fills: [], left: 20 });
  });

  it('stops at the first price that is not accepted', () => {
    expect(walkBook(LEVELS, 7, (ticks) => ticks <= 101)).toEqual({ fills: LEVELS.slice(0, 2), left: 2 });
  });

  it('leaves what was not taken', () => {
    expect(withoutLots(LEVELS, 0)).toEqual(LEVELS);
    expect(withoutLots(LEVELS, 2)).toEqual(LEVELS.slice(1));
    expect(withoutLots(LEVELS, 4)).toEqual([{ ticks: 101, lots: 1 }, LEVELS[2]]);
    expect(withoutLots(LEVELS, 15)).toEqual([]);
    expect(() => withoutLots(LEVELS, 16)).toThrow(/more than the book has/);
  });

  it('loses and makes no lot, and never pays a worse price before a better one', () => {
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 300 }), (side, lots) => {
        const { fills, left } = walkBook(side, lots);
        const taken = lotsOf(fills);
        expect(taken + left).toBe(lots);
        expect(left === 0 || taken === lotsOf(side)).toBe(true);
        expect(lotsOf(withoutLots(side, taken))).toBe(lotsOf(side) - taken);
        expect(fills.map(({ ticks }) => ticks)).toEqual(side.slice(0, fills.length).map(({ ticks }) => ticks));
      }),
    );
  });
});
