import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { openStatus } from '#shared/contract/engine.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.close());

const handlers = () => engine.engine.handlers;
const prove = () => handlers()['access.step_up']({ proof: { kind: 'confirm' } });
const reset = async (change: { readonly account?: string; readonly cash?: string } = {}) => {
  await prove();
  return handlers()['accounts.reset']({ account: 'simulated', cash: '5000', reason: 'start over', ...change });
};
/** By hand, with a stop a hundredth below whatever the market asks. */
const buy = async () => {
  const order = { account: 'simulated', instrument: 'BTC/USDT', side: 'buy', quantity: '0.001' } as const;
  const { price } = await handlers()['orders.preview']({ ...order, stop: '1' });
  return handlers()['orders.place']({ ...order, stop: String(Math.floor(Number(price) * 0.99)) });
};

/** Everything that a face can learn about the account, but the curve: that of a process begins with it. */
const story = async () => {
  const { equityCurve: _curve, asOf: _asOf, ...portfolio } = await handlers()['portfolio.get']({});
  const { asOf: _when, ...book } = await handlers()['orders.list']({ account: 'simulated' });
  const performance = await handlers()['performance.get']({ account: 'simulated', days: null });
  const status = openStatus(await handlers()['engine.status']({}));
  const fills = await handlers()['portfolio.export']({ what: 'fills', account: 'simulated' });
  const orders = await handlers()['portfolio.export']({ what: 'orders', account: 'simulated' });
  return {
    portfolio,
    book,
    profit: await handlers()['portfolio.profit']({}),
    log: await handlers()['portfolio.log']({ limit: 100 }),
    performance,
    status: { equity: status.equity, totalPnl: status.totalPnl, totalSince: status.totalSince, day: status.dayPnl },
    fills: fills.csv,
    orders: orders.csv,
  };
};

/** What does not hang on the newest price of what is held. */
const booked = ({ book, portfolio, profit, log, orders, fills }: Awaited<ReturnType<typeof story>>) => {
  const { cash, fees, realisedPnl, startingEquity, peakEquity, positions, fills: shown } = portfolio;
  const held = positions.map(({ instrument, quantity, averagePrice }) => ({ instrument, quantity, averagePrice }));
  const { equity: _marked, atWork: _left, ...locked } = profit;
  return { book, cash, fees, realisedPnl, startingEquity, peakEquity, held, shown, locked, log, orders, fills };
};

describe('the simulated account that begins anew', () => {
  it('counts from there, keeps what was before in its records, and is the same after a restart', async () => {
    await handlers()['portfolio.set_profit_lock']({ share: '0.5', threshold: '0' });
    const pressed = await engine.press();
    expect(pressed.fills.length).toBeGreaterThan(0);
    await buy();
    await handlers()['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' });
    const before = await story();
    expect(Number(before.profit.locked)).toBeGreaterThan(0);
    expect(before.portfolio.fills.length).toBeGreaterThan(2);
    const records = await engine.records();

    const view = await reset();
    expect(view).toMatchObject({ equity: '5000', cash: '5000', startingEquity: '5000', peakEquity: '5000' });
    const after = await story();
    expect(after.portfolio).toMatchObject({ realisedPnl: '0', fees: '0', positions: [], fills: [], openOrders: [] });
    expect(after.portfolio.pnl.total).toBe('0');
    expect(after.book).toMatchObject({ orders: [], fills: [], holdings: [] });
    // The rule is the master's choice and stays; what it had locked was earned by an account that is over.
    expect(after.profit).toMatchObject({ share: '0.5', locked: '0', realised: '0', highWater: '0', atWork: '5000' });
    expect(after.performance).toMatchObject({ trades: [], result: '0' });
    expect([after.fills, after.orders].map((csv) => csv.trim().split('\n').length)).toEqual([1, 1]);
    expect(after.status.totalSince).toBeGreaterThan(before.status.totalSince);
    expect(after.log[0]).toMatchObject({ kind: 'account.reset', why: 'start over' });
    expect(after.log[0]?.what).toContain(
      `it had ${before.portfolio.equity}, a result of ${before.portfolio.pnl.total}`,
    );

    // All that was written before is still there, and the chain holds over it.
    const all = await engine.records();
    expect(all.slice(0, records.length)).toEqual(records);
    expect(all.filter(({ type }) => type === 'account.reset')).toHaveLength(1);
    expect(await handlers()['audit.verify']({})).toMatchObject({ ok: true });

    engine = await engine.reopen();
    expect(await story()).toEqual(after);

    // It trades on, from the new cash, by agents and by hand, and a restart in the middle of that changes nothing either.
    const next = await engine.press();
    expect(next.result?.reconciliation).toMatchObject({ startingEquity: '5000', difference: '0' });
    await buy();
    const held = await story();
    expect(held.portfolio.positions).toHaveLength(1);
    expect(held.book.fills).toHaveLength(1);
    engine = await engine.reopen();
    expect(booked(await story())).toEqual(booked(held));
  });

  it('is traded by hand at once: the day that is judged begins with the new cash', async () => {
    for (const cash of ['2000', '100000', '1000']) {
      await reset({ cash });
      expect((await buy()).order.status).toBe('filled');
      await handlers()['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' });
    }
  });

  it('measures the peak and the profit that is new from the new cash', async () => {
    await engine.press();
    await handlers()['portfolio.set_profit_lock']({ share: '1', threshold: '0' });
    await reset({ cash: '20000' });
    // Nothing was earned yet, so that a rule of now begins at zero.
    expect(await handlers()['portfolio.set_profit_lock']({ threshold: '0' })).toMatchObject({ highWater: '0' });
    const next = await engine.press();
    const { highWater, realised, locked } = await handlers()['portfolio.profit']({});
    const made = Number(next.result?.netPnl ?? '0');
    expect(made).not.toBe(0);
    expect(Number(realised)).toBeCloseTo(made, 8);
    expect(Number(highWater)).toBeCloseTo(Math.max(0, made), 8);
    expect(Number(locked)).toBeCloseTo(Math.max(0, made), 7);
    const { peakEquity } = await handlers()['portfolio.get']({});
    expect(Number(peakEquity)).toBeGreaterThanOrEqual(20_000);
    expect(Number(peakEquity)).toBeLessThan(21_000);
  });

  it('is refused while anything is held, ordered or run, under another name, and without a proof', async () => {
    const at = { account: 'simulated', cash: '5000', reason: 'start over' };
    await expect(async () => handlers()['accounts.reset'](at)).rejects.toMatchObject({ code: 'step_up' });
    await expect(reset({ account: 'simulate' })).rejects.toThrow('simulate cannot begin anew');
    await expect(reset({ cash: '0' })).rejects.toThrow('no account can begin with 0');
    await expect(reset({ cash: '-5' })).rejects.toThrow('no account can begin with -5');
    await expect(reset({ cash: '1000000001' })).rejects.toThrow('no account can begin with 1000000001');

    await buy();
    await expect(reset()).rejects.toThrow('orders by hand are open');
    await handlers()['orders.close']({ account: 'simulated', instrument: 'BTC/USDT' });
    await prove();
    const starting = handlers()['cycle.start'](cycleRequest.parse({ trigger: 'terminal' }));
    await expect(async () => handlers()['accounts.reset'](at)).rejects.toThrow('a cycle is about to begin');
    const { cycle } = await starting;
    await expect(async () => handlers()['accounts.reset'](at)).rejects.toThrow(`cycle ${cycle} runs`);
    await handlers()['cycle.wait']({ cycle });
    const refused = (await engine.records()).filter(({ type }) => type === 'account.reset');
    expect(refused).toEqual([]);
    expect((await reset()).equity).toBe('5000');
  });
});
