import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.close());

const set = (weights: Readonly<Record<string, string>>) =>
  engine.engine.handlers['portfolio.set_targets']({
    weights,
    band: '0.02',
    minNotional: '10',
    stop: '0.02',
    reason: 'plan',
  });
const rebalance = async (preview = false) => engine.engine.handlers['portfolio.rebalance']({ preview });
const holdings = async () => (await engine.engine.handlers['orders.list']({ account: 'simulated' })).holdings;

describe('rebalancing by hand', () => {
  it('previews without a trace, buys to the weights through the gate, and then finds nothing to do', async () => {
    await set({ 'BTC/USDT': '0.12', 'ETH/USDT': '0.08' });
    const before = (await engine.records()).length;
    const preview = await rebalance(true);
    expect(preview.trades.map(({ instrument, side, outcome }) => [instrument, side, outcome])).toEqual([
      ['BTC/USDT', 'buy', 'planned'],
      ['ETH/USDT', 'buy', 'planned'],
    ]);
    expect((await engine.records()).length).toBe(before);
    expect(await holdings()).toEqual([]);

    const done = await rebalance();
    expect(done.trades.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['sent', ''],
      ['sent', ''],
    ]);
    expect((await holdings()).map(({ instrument }) => instrument)).toEqual(['BTC/USDT', 'ETH/USDT']);
    // Each purchase passed the gate and is protected; its reason was written down before it was sent.
    const types = (await engine.records()).slice(before).map(({ type }) => type);
    expect(types.filter((type) => type === 'risk.approved')).toHaveLength(2);
    expect(types.lastIndexOf('portfolio.rebalance_planned')).toBeLessThan(types.indexOf('order.submitted'));
    expect((await rebalance(true)).trades).toEqual([]);
    await rebalance();
    const [newest] = await engine.engine.handlers['portfolio.log']({ limit: 1 });
    expect(newest).toMatchObject({ what: 'Rebalancing, purchases: nothing', why: 'every weight is inside the band' });
    const log = await engine.engine.handlers['portfolio.log']({ limit: 10 });
    expect(log.filter(({ what }) => what.includes('sales'))).toEqual([]);
  });

  it('sells before it buys when the targets change, and says why in the log', async () => {
    await set({ 'BTC/USDT': '0.15' });
    await rebalance();
    await set({ 'ETH/USDT': '0.15' });
    const done = await rebalance();
    expect(done.trades.map(({ instrument, side, outcome }) => [instrument, side, outcome])).toEqual([
      ['BTC/USDT', 'sell', 'sent'],
      ['ETH/USDT', 'buy', 'sent'],
    ]);
    expect((await holdings()).map(({ instrument }) => instrument)).toEqual(['ETH/USDT']);
    const log = await engine.engine.handlers['portfolio.log']({ limit: 10 });
    expect(log[0]).toMatchObject({
      kind: 'portfolio.rebalance_planned',
      what: expect.stringContaining('purchases: buy'),
    });
    expect(log[1]?.why).toContain('BTC/USDT: ');
  });

  it('is refused by the gate like any order while trading is halted, and without targets by name', async () => {
    await expect(rebalance()).rejects.toThrow('no target weights');
    await expect(async () => set({ 'BTC/USDT': '0.7', 'ETH/USDT': '0.4' })).rejects.toThrow('more than the whole');
    await set({ 'BTC/USDT': '0.1' });
    await engine.engine.handlers['engine.kill']({ reason: 'test', verb: 'stop_managing' });
    const { trades } = await rebalance();
    expect(trades).toMatchObject([
      { outcome: 'refused', detail: expect.stringContaining('mode emergency lets nobody take new risk') },
    ]);
    expect(await holdings()).toEqual([]);
  });

  it('buys nothing twice: neither when it is asked for twice at once, nor while what it sent has not filled yet', async () => {
    await set({ 'BTC/USDT': '0.1' });
    const [first, second] = await Promise.all([rebalance(), rebalance().catch((error: unknown) => error)]);
    expect(first.trades).toMatchObject([{ outcome: 'sent' }]);
    expect(second).toMatchObject({ code: 'refused', message: 'a rebalancing is under way' });
    expect((await rebalance()).trades).toEqual([]);

    await engine.close();
    // On a market that goes on by itself a purchase fills at the next open, some time after it was sent.
    engine = await startTestEngine({ pace: 'realtime' });
    await set({ 'BTC/USDT': '0.1' });
    expect((await rebalance()).trades).toMatchObject([{ side: 'buy', outcome: 'sent' }]);
    const again = await rebalance();
    expect(again.trades).toEqual([]);
    expect(again.left).toEqual([{ instrument: 'BTC/USDT', why: expect.stringContaining('an order of it is open') }]);
  });

  it('stops between two orders when trading is stopped', async () => {
    await set({ 'BTC/USDT': '0.1', 'ETH/USDT': '0.1' });
    await rebalance();
    await set({ 'SOL/USDT': '0' });
    const before = await holdings();
    expect(before).toHaveLength(2);
    const selling = rebalance();
    await engine.engine.handlers['engine.kill']({ reason: 'test', verb: 'stop_managing' });
    const { trades } = await selling;
    expect(trades).toMatchObject([
      { side: 'sell', outcome: 'sent' },
      { side: 'sell', outcome: 'refused', detail: expect.stringContaining('trading is halted') },
    ]);
    expect(await holdings()).toHaveLength(1);
  });
});
