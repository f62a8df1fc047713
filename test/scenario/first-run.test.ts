import { describe, expect, it } from 'vitest';
import { GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { FIRST_RUN_SEED } from '#host/engine-parts.ts';
import { startTestEngine } from '../support/engine.ts';

const MINUTE = 60_000;

describe('the first press on a fresh data folder', () => {
  it('trades: a judgement, an agent, an entry at once, a protected position and a lesson', async () => {
    const engine = await startTestEngine();
    try {
      const view = await engine.press();
      expect(view).toMatchObject({ state: 'completed', seed: FIRST_RUN_SEED, at: GENERATOR_START, interval: '5m' });
      expect(view.result?.outcome).toBe('traded');
      const entry = view.fills.find((fill) => fill.purpose === 'entry');
      expect(entry?.ts).toBe(view.at);
      expect(view.orders.map((order) => order.purpose)).toEqual(['entry', 'stop', 'target']);
      expect(view.result?.reconciliation.difference).toBe('0');
      expect(view.lesson?.traded).toBe(true);
    } finally {
      await engine.close();
    }
  });

  it('ends in an ordinary result: it was not chosen for its profit', async () => {
    const engine = await startTestEngine();
    try {
      const { result } = await engine.press();
      const { units, scale } = parseDecimal(result?.netPnl ?? '0');
      // Within a third of a percent of the 10,000 that it starts with; pressed later it wins or loses.
      expect(Math.abs(Number(units) / 10 ** scale)).toBeLessThan(33);
    } finally {
      await engine.close();
    }
  });

  // In the window the market goes on while a newcomer reads: a simulated minute is a second.
  it.each([3, 8, 13, 20, 30])('trades as well when the press comes %i simulated minutes later', async (minutes) => {
    const engine = await startTestEngine();
    try {
      const view = await engine.press({ at: GENERATOR_START + minutes * MINUTE, seed: FIRST_RUN_SEED });
      expect(view.result?.outcome).toBe('traded');
    } finally {
      await engine.close();
    }
  });
});
