import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderRequest, type PreviewRequest, previewRequest } from '#shared/contract/orders.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.close());

const KEY = 'ticket-0001';
const asked = { instrument: 'BTC/USDT', side: 'buy', quantity: '0.01', stop: '39000', take: '42000' } as const;
const place = async (more: object = {}) =>
  engine.engine.handlers['orders.place'](orderRequest.parse({ ...asked, ...more }));
const preview = async (more: Partial<PreviewRequest>) =>
  engine.engine.handlers['orders.preview'](previewRequest.parse({ ...asked, ...more }));
const count = async (type: string): Promise<number> =>
  (await engine.records()).filter((record) => record.type === type).length;

describe('an order that is asked for more than once', () => {
  it('is one order in the journal when the same key comes five times at once, and each is told of it', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => place({ key: KEY })));
    expect(new Set(all.map(({ order }) => order.clientOrderId)).size).toBe(1);
    expect(all.every(({ order }) => order.status === 'filled')).toBe(true);
    expect(await count('risk.approved')).toBe(1);
    // The purchase, its stop and its target.
    expect(await count('order.submitted')).toBe(3);
  });

  it('is still the same one after a restart', async () => {
    const first = await place({ key: KEY });
    engine = await engine.reopen();
    const again = await place({ key: KEY });
    expect(again.order.clientOrderId).toBe(first.order.clientOrderId);
    expect(await count('risk.approved')).toBe(1);
  });

  it('is two orders under two keys, and without keys', async () => {
    await place({ key: KEY, quantity: '0.002' });
    await place({ key: 'ticket-0002', quantity: '0.003' });
    expect(await count('risk.approved')).toBe(2);
  });

  it('is refused when the key belongs to another order, before and after a restart', async () => {
    await place({ key: KEY, quantity: '0.002' });
    await expect(place({ key: KEY, quantity: '0.003' })).rejects.toMatchObject({ code: 'usage' });
    engine = await engine.reopen();
    await expect(place({ key: KEY, quantity: '0.003' })).rejects.toMatchObject({ code: 'usage' });
    expect(await count('risk.approved')).toBe(1);
  });

  it('may be tried again under its key after a refusal, because nothing was sent', async () => {
    await expect(place({ key: KEY, stop: undefined, take: undefined })).rejects.toThrow(/has-protective-stop/);
    const { order } = await place({ key: KEY });
    expect(order.status).toBe('filled');
  });

  it('closes once', async () => {
    await place();
    const close = { account: 'simulated', instrument: 'BTC/USDT', key: 'close-0001' };
    const both = await Promise.all([
      engine.engine.handlers['orders.close'](close),
      engine.engine.handlers['orders.close'](close),
    ]);
    expect(both[0]?.order.clientOrderId).toBe(both[1]?.order.clientOrderId);
    expect((await engine.engine.handlers['orders.list']({ account: 'simulated' })).holdings).toEqual([]);
  });
});

describe('a look at an order', () => {
  it('says what it would cost and lose by the figures of the gate, and leaves no record', async () => {
    const before = (await engine.records()).length;
    const seen = await preview({});
    const price = Number(seen.price);
    expect(seen).toMatchObject({ verdict: 'approved', refusal: null, quantity: '0.01', environment: 'simulated' });
    expect(seen.checks.length).toBeGreaterThan(15);
    expect(Number(seen.notional)).toBeCloseTo(price * 0.01, 8);
    expect(Number(seen.fee)).toBeCloseTo(price * 0.01 * 0.001, 8);
    // Down to the stop, and ten basis points on each side.
    expect(Number(seen.worst?.atStop)).toBeCloseTo((price - 39_000) * 0.01 + (price + 39_000) * 0.01 * 0.001, 8);
    expect(Number(seen.worst?.gap)).toBeGreaterThan(0);
    expect((await engine.records()).length).toBe(before);
  });

  it('takes no room: the order that was looked at ten times still fits', async () => {
    for (let looks = 0; looks < 10; looks += 1) await preview({});
    expect((await place()).order.status).toBe('filled');
  });

  it('names the check that would refuse and the remedy, and records no refusal', async () => {
    const seen = await preview({ stop: undefined, take: undefined });
    expect(seen).toMatchObject({ verdict: 'denied', refusal: { check: 'has-protective-stop' } });
    expect(seen.refusal?.remedy).toContain('--stop PRICE');
    expect(await count('risk.denied')).toBe(0);
  });

  it('turns an amount of money into whole lots that it pays for, fee included', async () => {
    const { quantity, notional, fee } = await preview({ quantity: undefined, amount: '200' });
    const paid = Number(notional) + Number(fee);
    expect(paid).toBeLessThanOrEqual(200);
    expect(200 - paid).toBeLessThan(1);
    expect(quantity).toMatch(/^0\.00\d+$/);
    await expect(preview({ quantity: undefined, amount: '0.0001' })).rejects.toThrow(/does not pay for one lot/);
  });

  it('of a sale says what it brings and that nothing is risked', async () => {
    await place();
    const seen = await preview({ side: 'sell', stop: undefined, take: undefined });
    expect(seen).toMatchObject({ verdict: 'approved', worst: null });
    expect(Number(seen.cash)).toBeLessThan(Number(seen.notional));
  });
});

describe('the portfolio as a file', () => {
  it('holds every fill and order of the account with exact figures, and a row for each', async () => {
    await place();
    await engine.engine.handlers['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' });
    const fills = await engine.engine.handlers['portfolio.export']({ what: 'fills', account: 'simulated' });
    const orders = await engine.engine.handlers['portfolio.export']({ what: 'orders', account: 'simulated' });
    const positions = await engine.engine.handlers['portfolio.export']({ what: 'positions', account: 'simulated' });
    const lines = fills.csv.trimEnd().split('\n');
    expect(lines[0]).toBe('time,environment,agent,order,trade,instrument,side,purpose,quantity,price,fee,feeAsset');
    expect(lines).toHaveLength(fills.rows + 1);
    expect(fills.rows).toBe(2);
    expect(lines.slice(1).every((text) => text.includes(',simulated,A-master,'))).toBe(true);
    expect(orders.rows).toBe(4);
    expect(positions.csv).toContain('simulated,BTC/USDT,flat,0');
    // A loss keeps its ASCII minus and stays a number to a spreadsheet.
    expect(positions.csv).not.toContain('\u2212');
    expect(positions.csv).not.toContain("'-");
  });
});
