import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { ChosenModeText } from '#shared/contract/automation.ts';
import { orderRequest } from '#shared/contract/orders.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
let program: AppHandlers;
beforeEach(async () => {
  engine = await startTestEngine();
  program = engine.engine.connect('trade_token', false).handlers;
});
afterEach(() => engine.close());

const order = (more: object = {}) =>
  orderRequest.parse({ instrument: 'BTC/USDT', side: 'buy', quantity: '0.01', stop: '39000', ...more });
const mode = (chosen: ChosenModeText) => engine.engine.handlers['mode.set']({ mode: chosen, by: 'window' });
const typesSince = async (before: number): Promise<readonly string[]> =>
  (await engine.records()).slice(before).map(({ type }) => type);

describe('an order that a program gives with its token', () => {
  it('full: opens a position through the same gate as any other', async () => {
    expect((await program['orders.place'](order())).order).toMatchObject({ status: 'filled', purpose: 'entry' });
  });

  for (const [chosen, reason] of [
    ['semi', "mode semi lets no program open a position: a token is not the master's hand"],
    ['manual', 'mode manual lets no program take new risk'],
  ] as const)
    it(`${chosen}: opens nothing, says why, and the same order of the master's own hand passes`, async () => {
      await mode(chosen);
      const before = (await engine.records()).length;
      await expect(program['orders.place'](order())).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringContaining(reason),
        remedy: expect.stringContaining('order from the window or with mt order'),
      });
      expect(await typesSince(before)).toEqual(['risk.denied']);
      const { key: _none, ...asked } = order();
      expect((await program['orders.preview'](asked)).verdict).toBe('denied');
      expect((await engine.engine.handlers['orders.place'](order())).order.status).toBe('filled');
    });

  for (const chosen of ['semi', 'manual'] as const)
    it(`${chosen}: still closes, reduces and moves a stop toward less risk`, async () => {
      await engine.engine.handlers['orders.place'](order({ quantity: '0.02' }));
      await mode(chosen);
      const { order: sold } = await program['orders.place'](
        orderRequest.parse({ instrument: 'BTC/USDT', side: 'sell', quantity: '0.01' }),
      );
      expect(sold.status).toBe('filled');
      await program['orders.tighten']({ account: 'simulated', instrument: 'BTC/USDT', stop: '39500' });
      expect((await program['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' })).order.status).toBe(
        'filled',
      );
      expect((await program['orders.list']({ account: 'simulated' })).holdings).toEqual([]);
    });

  it('buys nothing by way of a rebalancing either, and the refusal stands beside the trade', async () => {
    await engine.engine.handlers['portfolio.set_targets']({
      weights: { 'BTC/USDT': '0.2' },
      band: '0.02',
      minNotional: '10',
      stop: '0.03',
      reason: 'test',
    });
    await mode('semi');
    const { trades } = await program['portfolio.rebalance']({ preview: false });
    expect(trades).toMatchObject([{ side: 'buy', outcome: 'refused', detail: expect.stringContaining('token') }]);
    expect((await program['orders.list']({ account: 'simulated' })).orders).toEqual([]);
  });
});
