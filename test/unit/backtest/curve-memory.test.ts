import { describe, expect, it } from 'vitest';
import { lentCurve } from '#core/backtest/curve-memory.ts';
import { createRng } from '#core/kernel/rng.ts';
import { type CandleRow, columnsOfRows, optionsFor, played } from '../../support/backtest-builders.ts';

/** Candles of a random walk in whole cents. */
function walk(seed: number, count: number): readonly CandleRow[] {
  const rng = createRng(seed);
  let price = 20_000;
  return Array.from({ length: count }, (): CandleRow => {
    const open = price;
    price = Math.max(100, price + rng.integer(401) - 200);
    return [open / 100, (Math.max(open, price) + 50) / 100, (Math.min(open, price) - 50) / 100, price / 100];
  });
}

describe('memory that is lent to one run after another', () => {
  it('changes nothing in what a run answers, whatever was played in it before, longer or shorter', () => {
    const curve = lentCurve();
    for (const [seed, count] of [
      [1, 900],
      [2, 300],
      [3, 1_200],
      [4, 301],
    ] as const) {
      const options = optionsFor(columnsOfRows(walk(seed, count)), { params: { fast: 3, slow: 9 } });
      const own = played(options);
      const lent = played(options, { curve });
      expect(own.fills.count).toBeGreaterThan(5);
      expect(Array.from(lent.equity.equity)).toEqual(Array.from(own.equity.equity));
      expect({ ...lent, equity: undefined }).toEqual({ ...own, equity: undefined });
    }
  });
});
