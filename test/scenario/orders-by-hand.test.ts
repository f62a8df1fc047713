import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { add, formatDecimal, parseDecimal, subtract } from '#core/domain/decimal.ts';
import { orderRequest } from '#shared/contract/orders.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.close());

const buy = (more: object = {}) =>
  engine.engine.handlers['orders.place'](
    orderRequest.parse({
      instrument: 'BTC/USDT',
      side: 'buy',
      quantity: '0.01',
      stop: '39000',
      take: '42000',
      ...more,
    }),
  );
const sell = (quantity: string) =>
  engine.engine.handlers['orders.place'](orderRequest.parse({ instrument: 'BTC/USDT', side: 'sell', quantity }));
const book = () => engine.engine.handlers['orders.list']({ account: 'simulated' });

describe('an order by hand', () => {
  it('passes the gate, fills at the next open, and is protected by a stop and a target that rest with it', async () => {
    const { order, protection, fills, checks } = await buy();
    expect(order).toMatchObject({ status: 'filled', filledQuantity: '0.01', purpose: 'entry' });
    expect(fills).toHaveLength(1);
    expect(protection.map(({ purpose, price, quantity }) => [purpose, price, quantity])).toEqual([
      ['stop', '39000', '0.01'],
      ['target', '42000', '0.01'],
    ]);
    expect(checks.length).toBeGreaterThan(15);
    const types = (await engine.records()).map(({ type }) => type);
    // Approved, then recorded as sent, then all else: nothing reached the venue without its row.
    expect(types.indexOf('risk.approved')).toBeLessThan(types.indexOf('order.submitted'));
    expect(types.indexOf('order.submitted')).toBeLessThan(types.indexOf('order.filled'));
    expect(types.indexOf('order.filled')).toBeLessThan(types.indexOf('ledger.posted'));
  });

  it('is refused without a stop, and the refusal is recorded and nothing else', async () => {
    const before = (await engine.records()).length;
    await expect(buy({ stop: undefined })).rejects.toMatchObject({
      message: expect.stringContaining('has-protective-stop'),
      remedy: expect.stringContaining('--stop PRICE'),
    });
    const added = (await engine.records()).slice(before);
    expect(added.map(({ type }) => type)).toEqual(['risk.denied']);
    expect((await book()).orders).toEqual([]);
  });

  it('is canceled and closed by the kill switch, which then refuses every purchase', async () => {
    await buy();
    const report = await engine.engine.handlers['engine.kill']({ reason: 'test', verb: 'flatten' });
    expect(report.steps.filter(({ done }) => !done)).toEqual([]);
    const { orders, holdings } = await book();
    expect(holdings).toEqual([]);
    expect(orders.filter(({ status }) => status === 'accepted')).toEqual([]);
    await expect(buy()).rejects.toThrow(/refused/);
  });

  it('keeps what is held and what protects it when trading only stops being managed; it can still be sold', async () => {
    await buy();
    await buy({ quantity: '0.002', limit: '39800' });
    await engine.engine.handlers['engine.kill']({ reason: 'test', verb: 'stop_managing' });
    const { orders, holdings } = await book();
    expect(holdings).toEqual([{ instrument: 'BTC/USDT', quantity: '0.01' }]);
    expect(orders.filter(({ status }) => status === 'accepted').map(({ purpose }) => purpose)).toEqual([
      'stop',
      'target',
    ]);
    await sell('0.01');
    expect((await book()).holdings).toEqual([]);
  });

  it('sells a part: the stop and the target shrink to what is left', async () => {
    await buy();
    await sell('0.004');
    const { orders, holdings } = await book();
    const resting = orders.filter(({ status }) => status === 'accepted');
    expect(
      resting.map(({ purpose, quantity }) => `${purpose} ${quantity}`).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['stop 0.006', 'target 0.006']);
    expect(holdings).toEqual([{ instrument: 'BTC/USDT', quantity: '0.006' }]);
  });

  it('never sells more than was bought by hand', async () => {
    await expect(sell('0.001')).rejects.toThrow(/reduce-only-size/);
    await buy();
    await expect(sell('0.011')).rejects.toThrow(/reduce-only-size/);
  });

  it('closes everything; nothing rests and nothing is held afterwards', async () => {
    await buy();
    const { order } = await engine.engine.handlers['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' });
    expect(order).toMatchObject({ status: 'filled', side: 'sell', quantity: '0.01' });
    const { orders, holdings } = await book();
    expect(holdings).toEqual([]);
    expect(orders.filter(({ status }) => status === 'accepted')).toEqual([]);
    expect((await engine.engine.handlers['portfolio.get']({})).positionValue).toBe('0');
  });

  it('refuses amounts that are none, and accounts that are not there, by name', async () => {
    await expect(buy({ quantity: '0' })).rejects.toThrow(/the quantity of 0 is not above zero/);
    await expect(buy({ stop: '-1' })).rejects.toThrow(/the stop of -1/);
    await expect(buy({ account: 'nowhere' })).rejects.toThrow(/no account nowhere/);
  });

  it('stays what it was over a restart: holdings, resting protection and cash', async () => {
    await buy();
    const before = await book();
    const { cash } = await engine.engine.handlers['portfolio.get']({});
    engine = await engine.reopen();
    const after = await book();
    expect(after.holdings).toEqual(before.holdings);
    expect(after.orders.filter(({ status }) => status === 'accepted')).toEqual(
      before.orders.filter(({ status }) => status === 'accepted'),
    );
    expect((await engine.engine.handlers['portfolio.get']({})).cash).toBe(cash);
    await sell('0.01');
    expect((await book()).holdings).toEqual([]);
  });

  const resting = async () => (await book()).orders.filter(({ status }) => status === 'accepted');

  it('can still be canceled after a restart, and what protects it is gone when it was sold', async () => {
    await buy();
    engine = await engine.reopen();
    const [, target] = await resting();
    await engine.engine.handlers['orders.cancel']({ account: 'simulated', clientOrderId: target?.clientOrderId ?? '' });
    expect((await book()).orders.find(({ clientOrderId }) => clientOrderId === target?.clientOrderId)?.status).toBe(
      'canceled',
    );
    await sell('0.004');
    expect((await resting()).map(({ quantity }) => quantity)).toEqual(['0.006', '0.006']);
    engine = await engine.reopen();
    await engine.engine.handlers['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' });
    expect(await resting()).toEqual([]);
  });

  it('that would open something new ends with the engine, and the books say so', async () => {
    await buy({ limit: '39800' });
    engine = await engine.reopen();
    expect((await book()).orders).toMatchObject([{ status: 'canceled', reason: 'the program is closing' }]);
  });

  it('is out of reach of no kill switch after a restart', async () => {
    await buy();
    engine = await engine.reopen();
    const report = await engine.engine.handlers['engine.kill']({ reason: 'test', verb: 'flatten' });
    expect(report.steps.filter(({ done }) => !done)).toEqual([]);
    expect(await resting()).toEqual([]);
  });
});

describe('an agent beside a holding by hand', () => {
  it('is judged on its own fills alone, and leaves the holding where it is', async () => {
    await buy({ quantity: '0.002' });
    const start = parseDecimal((await engine.engine.handlers['portfolio.get']({})).equity);
    const cycle = await engine.press();
    expect(cycle.fills.length).toBeGreaterThan(0);
    const own = cycle.result?.reconciliation;
    expect(own?.difference).toBe('0');
    // The agent ended flat: its result is what its own fills say, while the account also moved with the holding.
    const cashFlow = cycle.fills.reduce((sum, { side, price, quantity, fee }) => {
      const value = Number(price) * Number(quantity);
      return sum + (side === 'buy' ? -value : value) - Number(fee);
    }, 0);
    expect(Number(cycle.result?.netPnl)).toBeCloseTo(cashFlow, 6);
    const end = parseDecimal((await engine.engine.handlers['portfolio.get']({})).equity);
    expect(formatDecimal(subtract(end, add(start, parseDecimal(cycle.result?.netPnl ?? '0'))))).not.toBe('0');
    expect((await book()).holdings).toEqual([{ instrument: 'BTC/USDT', quantity: '0.002' }]);
  });
});
