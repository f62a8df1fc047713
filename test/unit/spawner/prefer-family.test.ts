import { describe, expect, it } from 'vitest';
import type { FamilyName } from '#core/domain/strategy.ts';
import { weighLessons } from '#core/spawner/memory-evidence.ts';
import { type FamilyCandidate, preferFamily } from '#core/spawner/prefer-family.ts';
import { lessonOf, NOW, recalled } from '#test/support/spawn-inputs.ts';

/** A family with this many trades of these results behind it. */
const withResults = (family: FamilyName, results: readonly number[]): FamilyCandidate => ({
  family,
  memory: weighLessons(
    results.map((value, i) => recalled(lessonOf(`${family}${i}`, { family, outcomeR: String(value) }), 1)),
    family,
    'trending_up',
    NOW,
  ),
});
const times = (n: number, value: number): readonly number[] => Array<number>(n).fill(value);
const chosen = (first: readonly number[], second: readonly number[]) =>
  preferFamily([withResults('trend-following', first), withResults('mean-reversion', second)]);

describe('the family that answers a regime', () => {
  it('is the first while memory knows nothing', () => {
    expect(chosen([], [])).toMatchObject({ family: 'trend-following', why: undefined });
  });

  it('stays the first when another is better by luck only', () => {
    expect(chosen([], [2, 2, -1, 2]).family).toBe('trend-following');
    expect(chosen([], [2, -1, -1, 2, -1, 1.5]).family).toBe('trend-following');
  });

  it('is another whose interval lies above the average of the first, and says so', () => {
    const preference = chosen(times(8, 0.1), times(20, 1.5));
    expect(preference.family).toBe('mean-reversion');
    expect(preference.why).toMatch(/^memory has mean reversion at 1\.36 R on average, above trend following$/);
    expect(chosen(times(20, 1.5), times(20, 1.6)).family).toBe('trend-following');
  });

  it('is the next when memory refuses the first', () => {
    expect(chosen(times(12, -1), [])).toMatchObject({
      family: 'mean-reversion',
      why: 'trend following is refused by memory',
    });
  });

  it('is refused when memory refuses them all', () => {
    expect(chosen(times(12, -1), times(12, -1)).memory.verdict).toBe('refuse');
  });
});
