import { describe, expect, it } from 'vitest';
import { DAILY_CASES } from '#core/analyst/regime-table.ts';

/**
 * The daily rules were fixed before any day of 2025 was read. A change to them makes what docs/measured.md says of 2025 a figure of
 * other rules, on days that have been seen: then 2025 is no test any more, and the document must say so.
 */
describe('the frozen daily rules', () => {
  it('are those that were measured', () => {
    const clues = DAILY_CASES.map(({ regime, combine, clues: all }) =>
      [
        regime,
        combine,
        ...all.map(({ fact, read, none, full, weight }) =>
          [fact, read, Number(none.toFixed(4)), Number(full.toFixed(4)), weight].join(' '),
        ),
      ].join(', '),
    );
    expect(clues).toMatchInlineSnapshot(`
      [
        "trending_up, mean, drift30 up 0.23 1.15 35, drift90 up 0.23 1.15 35, diBalance14 up 0.0667 0.3333 30",
        "trending_down, mean, drift30 down 0.23 1.15 35, drift90 down 0.23 1.15 35, diBalance14 down 0.0667 0.3333 30",
        "trending_down, strongest, drift10 down 0.6 1.2 1",
        "ranging, mean, drift30 size 0.759 0.069 35, drift90 size 0.759 0.069 35, diBalance14 size 0.22 0.02 30",
        "volatile, mean, volatilityRatio value 1.5 3 60, largestMove24 value 3 8 25, bollingerWidthRank value 0.85 1 15",
        "illiquid, strongest, zeroVolumeShare value 0.05 0.3 1, flatShare value 0.1 0.4 1, missingCandles value 50 200 1",
      ]
    `);
  });
});
