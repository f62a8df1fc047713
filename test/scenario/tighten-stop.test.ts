import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderRequest } from '#shared/contract/orders.ts';
import { dieBefore } from '../support/dying-journal.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder = tempFolder('mt-tighten');
let engine: TestEngine;
beforeEach(async () => {
  folder = tempFolder('mt-tighten');
  engine = await startTestEngine({ home: folder.path });
});
afterEach(async () => {
  await engine.close();
  folder.remove();
});

const buy = () =>
  engine.engine.handlers['orders.place'](
    orderRequest.parse({ instrument: 'BTC/USDT', side: 'buy', quantity: '0.01', stop: '39000', take: '42000' }),
  );
const tighten = async (stop: string, more: { readonly agent?: string } = {}) =>
  engine.engine.handlers['orders.tighten']({ account: 'simulated', instrument: 'BTC/USDT', stop, ...more });
const resting = async () => {
  const { orders } = await engine.engine.handlers['orders.list']({ account: 'simulated' });
  return orders.flatMap(({ purpose, status, price, quantity }) =>
    status === 'accepted' ? [`${purpose} ${price} ${quantity}`] : [],
  );
};
const newRecords = async (before: number) => (await engine.records()).slice(before);

describe('the stop of a position held by hand', () => {
  it('moves toward less risk: judged, recorded, then replaced, and the target rests on', async () => {
    await buy();
    const before = (await engine.records()).length;
    const moved = await tighten('39500');
    expect(moved).toMatchObject({ agentId: 'A-master', from: '39000', to: '39500', quantity: '0.01' });
    expect(moved.checks).toContain('stop-tightens');
    expect(await resting()).toEqual(['target 42000 0.01', 'stop 39500 0.01']);
    expect((await newRecords(before)).map(({ type }) => type)).toEqual([
      'risk.approved',
      'order.stop_tightened',
      'order.canceled',
      'order.submitted',
      'order.accepted',
    ]);
  });

  it.each([
    ['further from the market', '38900', /toward less risk, and one rests at 39000/],
    ['where it is already', '39000', /toward less risk/],
    ['beyond the newest price', '60000', /would be hit at once/],
    ['off the tick', '39500.001', /multiple of the tick/],
  ])('is not moved %s: the engine refuses, records that, and changes nothing', async (_, stop, why) => {
    await buy();
    const before = (await engine.records()).length;
    await expect(tighten(stop)).rejects.toMatchObject({ code: 'refused', message: expect.stringMatching(why) });
    expect((await newRecords(before)).map(({ type }) => type)).toEqual(['risk.denied']);
    expect(await resting()).toEqual(['stop 39000 0.01', 'target 42000 0.01']);
  });

  it('can not be moved back once it was moved, also after a restart, which keeps it where it was', async () => {
    await buy();
    await tighten('39500');
    await expect(tighten('39400')).rejects.toMatchObject({ code: 'refused' });
    engine = await engine.reopen();
    expect(await resting()).toEqual(['target 42000 0.01', 'stop 39500 0.01']);
    await expect(tighten('39400')).rejects.toMatchObject({ code: 'refused' });
    expect((await tighten('39600')).from).toBe('39500');
  });

  it('is not moved away from the market by buying more with a stop further off, also after a restart', async () => {
    await buy();
    await tighten('39500');
    const more = { instrument: 'BTC/USDT', side: 'buy', quantity: '0.001', stop: '32000', take: '42500' } as const;
    await engine.engine.handlers['orders.place'](orderRequest.parse(more));
    const protectedBy = ['stop 39500 0.011', 'target 42500 0.011'];
    expect(new Set(await resting())).toEqual(new Set(protectedBy));
    engine = await engine.reopen();
    expect(new Set(await resting())).toEqual(new Set(protectedBy));
    await expect(tighten('39400')).rejects.toMatchObject({ code: 'refused' });
  });

  it.each([
    ['its old order was canceled', 'order.canceled'],
    ['its new order was sent', 'order.submitted'],
    ['the venue had taken its new order', 'order.accepted'],
  ] as const)('rests once where it was moved to, after an end of the program before %s', async (_, type) => {
    await buy();
    const live = dieBefore(type);
    try {
      await expect(tighten('39500')).rejects.toThrow('died');
      await engine.close();
    } finally {
      live();
    }
    engine = await startTestEngine({ home: engine.home, secrets: engine.secrets });
    const open = async () => (await engine.engine.handlers['orders.list']({ account: 'simulated' })).orders;
    const protects = async () =>
      (await open())
        .filter(({ status }) => status === 'accepted' || status === 'submitted')
        .map(({ purpose, price, quantity }) => `${purpose} ${price} ${quantity}`);
    expect(new Set(await protects())).toEqual(new Set(['target 42000 0.01', 'stop 39500 0.01']));
    await expect(tighten('39400')).rejects.toMatchObject({ code: 'refused' });
    // Another start finds nothing left to do, and what rests can be moved on.
    const count = (await engine.records()).length;
    engine = await engine.reopen();
    expect((await engine.records()).length).toBe(count);
    expect((await tighten('39600')).from).toBe('39500');
    expect(new Set(await protects())).toEqual(new Set(['target 42000 0.01', 'stop 39600 0.01']));
    await engine.engine.handlers['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' });
    const { orders, holdings } = await engine.engine.handlers['orders.list']({ account: 'simulated' });
    expect(orders.filter(({ status }) => status === 'accepted' || status === 'submitted')).toEqual([]);
    expect(holdings).toEqual([]);
    expect((await engine.engine.handlers['audit.verify']({})).ok).toBe(true);
  });

  it('is what protects the rest when a part is sold afterwards', async () => {
    await buy();
    await tighten('39500');
    await engine.engine.handlers['orders.place'](
      orderRequest.parse({ instrument: 'BTC/USDT', side: 'sell', quantity: '0.004' }),
    );
    expect(new Set(await resting())).toEqual(new Set(['stop 39500 0.006', 'target 42000 0.006']));
  });

  it('needs something that is held, and an agent that runs', async () => {
    await expect(tighten('39500')).rejects.toMatchObject({ code: 'refused', message: /holds nothing/ });
    await expect(tighten('39500', { agent: 'A-none' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('stands on the chart of the market with its entry and its target', async () => {
    await buy();
    await tighten('39500');
    const { lines } = await engine.engine.handlers['market.chart']({ instrument: 'BTC/USDT', limit: 50 });
    expect(lines.map(({ kind, price, open, side }) => [kind, price, open, side])).toEqual([
      ['entry', expect.any(String), true, 'buy'],
      ['target', '42000', true, 'buy'],
      ['stop', '39500', true, 'buy'],
    ]);
  });
});
