import { describe, expect, it } from 'vitest';
import { type EngineStatus, openStatus } from '#shared/contract/engine.ts';
import { startTestEngine } from '../support/engine.ts';

describe('the drawdown that is shown', () => {
  it('stands beside the limits that hold, tells the faces when they change, and is judged by them on the daily card', async () => {
    const test = await startTestEngine();
    try {
      const { handlers, events } = test.engine;
      const told: EngineStatus['drawdownLimits'][] = [];
      events.subscribe('engine.changed', ({ drawdownLimits }) => told.push(drawdownLimits));
      const risk = async () => (await handlers['setup.get']({})).daily.find(({ id }) => id === 'risk');
      expect(openStatus(await handlers['engine.status']({})).drawdownLimits).toEqual({
        reduceOnlyAt: '0.04',
        most: '0.05',
      });
      expect(await risk()).toMatchObject({ state: 'ok', detail: '0.00 % below the peak, 5 % at most' });

      const changes = {
        halveAt: '0.01',
        reduceOnlyAt: '0.02',
        haltAt: '0.025',
        maxOpenRisk: '0.02',
        maxDrawdown: '0.03',
      };
      await handlers['risk.set_limits']({ changes });
      await expect.poll(() => told.at(-1)).toEqual({ reduceOnlyAt: '0.02', most: '0.03' });
      expect(openStatus(await handlers['engine.status']({})).drawdownLimits.most).toBe('0.03');
      expect(await risk()).toMatchObject({ state: 'ok', detail: '0.00 % below the peak, 3 % at most' });
    } finally {
      await test.close();
    }
  });
});
