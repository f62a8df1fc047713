import { z } from 'zod';
import type { ColumnFamily, ColumnMarket, SeriesView } from '../column-family.ts';
import { planCross } from './sma-cross-plan.ts';
import { createWindow } from './sma-cross-window.ts';

export const smaCrossSchema = z
  .strictObject({
    fast: z.int().min(1).max(10_000).describe('candles of the fast simple average'),
    slow: z.int().min(2).max(20_000).describe('candles of the slow simple average'),
  })
  .refine(({ fast, slow }) => fast < slow, {
    path: ['fast'],
    error: 'the fast average must be shorter than the slow one',
  });

/**
 * Two simple averages of the close, compared exactly; one unit of the base asset. The first comparison is only remembered. When the fast
 * one comes to lie above and nothing is held, buy at the next open; when it comes to lie below, sell at the next open. Equal averages
 * keep what was before. No stop, no sizing: a plain yardstick for engines and benchmarks, never a way to trade.
 */
export const smaCross: ColumnFamily = {
  name: 'sma-cross',
  summary: 'Holds one unit while a fast simple average is above a slow one: a yardstick.',
  notWhen: 'Never for trading: it has no stop and no sizing.',
  defaults: { fast: 20, slow: 50 },
  profiles: { limits: 'none', costs: 'fee-only' },
  parse: (parameters) => smaCrossSchema.parse(parameters),
  warmUp: (parameters) => smaCrossSchema.parse(parameters).slow,
  create(parameters) {
    const { fast, slow } = smaCrossSchema.parse(parameters);
    const window = createWindow(fast, slow);
    let sign = 0;
    let begun = false;
    return (market: ColumnMarket): void => {
      const view: SeriesView = market.series[0];
      if (!begun) {
        begun = true;
        sign = window.begin(view);
        return;
      }
      const before = sign;
      const now = window.next(view);
      if (now === 0 || now === before) return;
      sign = now;
      trade(now, market);
    };
  },
  plan(shared, parameters) {
    const { fast, slow } = smaCrossSchema.parse(parameters);
    return planCross(shared, fast, slow, trade);
  },
};

/** What a change of places makes of a position: `sign` 1 when the fast average came to lie above. */
function trade(sign: number, { desk }: ColumnMarket): void {
  const held = desk.held();
  if (sign > 0 && held === 0) desk.submit({ side: 'buy', type: 'market', lots: desk.unit });
  else if (sign < 0 && held > 0) desk.submit({ side: 'sell', type: 'market', lots: held });
}
