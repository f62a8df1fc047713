import { afterEach, describe, expect, it } from 'vitest';
import type { ApprovalView } from '#shared/contract/automation.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let running: TestEngine | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function inMode(mode: 'full' | 'semi' | 'manual'): Promise<TestEngine> {
  running = await startTestEngine();
  if (mode !== 'full') await running.engine.handlers['mode.set']({ mode, by: 'window' });
  return running;
}

const start = (test: TestEngine) => test.engine.handlers['cycle.start'](cycleRequest.parse({ trigger: 'button' }));

/** Resolves with the first brief that waits. */
function firstBrief(test: TestEngine): Promise<ApprovalView> {
  return new Promise((resolve) => {
    const off = test.engine.events.subscribe('approvals.changed', ({ pending: [first] }) => {
      if (first === undefined) return;
      off();
      resolve(first);
    });
  });
}

const typesOf = async (test: TestEngine): Promise<readonly string[]> => (await test.records()).map(({ type }) => type);
const AUTOMATION = /^(approval|mode)\./;

describe('the modes, over the whole engine', () => {
  it('full: one press reaches the market with no further input, and the journal holds nothing of modes', async () => {
    const test = await inMode('full');
    const view = await test.press();
    expect(view.result?.outcome).toBe('traded');
    expect(view.stages.map(({ name }) => name)).not.toContain('brief');
    expect((await typesOf(test)).filter((type) => AUTOMATION.test(type))).toEqual([]);
  });

  it('semi: stops at the brief, a second press makes no second run, and one approval reaches the market', async () => {
    const test = await inMode('semi');
    const { handlers } = test.engine;
    const { steps } = await handlers['setup.get']({});
    expect(steps.find(({ id }) => id === 'automation')).toEqual({ id: 'automation', done: true, detail: 'mode semi' });
    const asked = firstBrief(test);
    const { cycle } = await start(test);
    const brief = await asked;
    expect(brief).toMatchObject({ id: 'AP-1', kind: 'brief', state: 'pending', cycle, instrument: 'BTC/USDT' });
    expect(brief.expiresAt - brief.requestedAt).toBe(600_000);
    expect(await start(test)).toMatchObject({ cycle, alreadyRunning: true });
    const waiting = await handlers['cycle.get']({ cycle });
    expect(waiting).toMatchObject({ state: 'running', agentId: null, orders: [] });
    const asking = waiting?.stages.find(({ name }) => name === 'brief');
    expect(asking).toMatchObject({ state: 'running', elapsedMs: expect.any(Number) });
    expect(waiting?.startedWith).toEqual({ equity: '10000', asset: 'USDT' });

    const [first, ...more] = await Promise.allSettled(
      Array.from({ length: 5 }, async () => handlers['approvals.approve']({ id: 'AP-1', limits: {}, by: 'window' })),
    );
    expect(first?.status).toBe('fulfilled');
    for (const one of more) expect(String((one as PromiseRejectedResult).reason)).toContain('approved already');
    const view = await handlers['cycle.wait']({ cycle });
    expect(view.result?.outcome).toBe('traded');
    expect(view.agentSpec?.why).toContain('Approved by the master (AP-1)');
    expect((await typesOf(test)).filter((type) => AUTOMATION.test(type))).toEqual([
      'mode.changed',
      'approval.requested',
      'approval.approved',
    ]);
    expect((await handlers['audit.verify']({})).ok).toBe(true);
  });

  it('semi: the agent is what was lowered, in its limits, its instructions and its orders', async () => {
    const test = await inMode('semi');
    const { handlers } = test.engine;
    const asked = firstBrief(test);
    const { cycle } = await start(test);
    const brief = await asked;
    await expect(
      (async () =>
        handlers['approvals.edit']({ id: brief.id, limits: { maxBars: brief.limits.maxBars + 1 }, by: 'window' }))(),
    ).rejects.toThrow('can only be lowered');
    await handlers['approvals.approve']({ id: brief.id, limits: { maxSize: '300', maxBars: 10 }, by: 'terminal' });
    const view = await handlers['cycle.wait']({ cycle });
    expect(view.agentSpec?.envelope.maxNotionalFraction).toBe('0.03');
    expect(view.agentSpec?.lifespan.maxBars).toBe(10);
    expect(view.agentSpec?.instructions).toContain('The master lowered the limits');
    const entry = view.fills.find(({ purpose }) => purpose === 'entry');
    expect(Number(entry?.price) * Number(entry?.quantity)).toBeLessThanOrEqual(301);
    expect(view.result?.barsLived).toBeLessThanOrEqual(11);
  });

  it('semi: what is rejected ends with a debrief and nothing risked', async () => {
    const test = await inMode('semi');
    const asked = firstBrief(test);
    const { cycle } = await start(test);
    const { id } = await asked;
    await test.engine.handlers['approvals.reject']({ id, reason: 'news at ten', by: 'window' });
    const view = await test.engine.handlers['cycle.wait']({ cycle });
    expect(view).toMatchObject({ state: 'completed', agentId: null, orders: [], fills: [] });
    expect(view.result).toMatchObject({ outcome: 'no_trade', reason: `the master rejected ${id}: news at ten` });
    expect(view.lesson).not.toBeNull();
    const trials = (await test.records())
      .filter(({ type }) => type === 'memory.lesson')
      .map(({ payload }) => JSON.parse(payload).trials);
    expect(trials).toEqual([[]]);
  });

  it('lowering to manual withdraws what waits, lets no agent begin, and leaves the master his own orders', async () => {
    const test = await inMode('semi');
    const { handlers } = test.engine;
    const asked = firstBrief(test);
    const { cycle } = await start(test);
    await asked;
    expect(await handlers['mode.set']({ mode: 'manual', by: 'window' })).toMatchObject({
      mode: 'manual',
      raises: ['full', 'semi'],
    });
    expect((await handlers['cycle.wait']({ cycle })).fills).toEqual([]);
    expect((await handlers['approvals.list']({ limit: 9 })).decided).toMatchObject([{ id: 'AP-1', state: 'expired' }]);
    await expect(start(test)).rejects.toThrow('no agent takes new risk');
    const price = Number(
      (await handlers['market.chart']({ instrument: 'BTC/USDT', interval: '1m', limit: 1 })).columns.close[0],
    );
    const placed = await handlers['orders.place']({
      account: 'simulated',
      instrument: 'BTC/USDT',
      side: 'buy',
      quantity: '0.01',
      stop: (price * 0.98).toFixed(0),
    });
    expect(placed.order.status).not.toBe('denied');
  });

  it('an agent that was spawned before the mode was lowered takes no more risk; what it holds is protected and closed', async () => {
    const test = await inMode('full');
    const { handlers } = test.engine;
    const { cycle } = await start(test);
    await new Promise<void>((resolve) => {
      const look = async (): Promise<void> => {
        const view = await handlers['cycle.get']({ cycle });
        if (view?.agentId !== null) resolve();
        else setImmediate(() => void look());
      };
      void look();
    });
    const entered = async () =>
      (await test.records()).filter(({ type, payload }) => type === 'risk.approved' && payload.includes('"entry"'))
        .length;
    const before = await entered();
    await handlers['mode.set']({ mode: 'manual', by: 'window' });
    const view = await handlers['cycle.wait']({ cycle });
    expect(await entered()).toBe(before);
    expect(view.result?.reconciliation).toMatchObject({ positionValue: '0', difference: '0' });
  });

  it('a kill ends what waits; resume brings the chosen mode back; a restart keeps it', async () => {
    let test = await inMode('semi');
    const asked = firstBrief(test);
    const { cycle } = await start(test);
    await asked;
    await test.engine.handlers['engine.kill']({ reason: 'a test', verb: 'flatten' });
    expect((await test.engine.handlers['cycle.wait']({ cycle })).fills).toEqual([]);
    expect(await test.engine.handlers['mode.get']({})).toMatchObject({ mode: 'emergency', chosen: 'semi' });
    expect((await test.engine.handlers['approvals.list']({ limit: 9 })).pending).toEqual([]);
    test = await test.reopen();
    running = test;
    expect(await test.engine.handlers['mode.get']({})).toMatchObject({ mode: 'emergency', chosen: 'semi' });
    await test.engine.handlers['engine.resume']({ reason: 'checked' });
    expect(await test.engine.handlers['mode.get']({})).toMatchObject({ mode: 'semi', chosen: 'semi' });
  });

  it('halt is the level below: nothing new begins, it lasts over a restart, and resume opens again; flatten closes what is held', async () => {
    let test = await inMode('full');
    expect(await test.engine.handlers['engine.halt']({ reason: 'news' })).toMatchObject({
      tradingState: 'reducing',
      haltReason: 'news',
      mode: 'full',
    });
    await expect(start(test)).rejects.toThrow('trading is reducing');
    test = await test.reopen();
    running = test;
    const { handlers } = test.engine;
    expect(await handlers['engine.status']({})).toMatchObject({ tradingState: 'reducing', haltReason: 'news' });
    await handlers['engine.resume']({ reason: 'over' });
    const price = Number(
      (await handlers['market.chart']({ instrument: 'BTC/USDT', interval: '1m', limit: 1 })).columns.close[0],
    );
    await handlers['orders.place']({
      account: 'simulated',
      instrument: 'BTC/USDT',
      side: 'buy',
      quantity: '0.01',
      stop: (price * 0.98).toFixed(0),
    });
    const { cycle } = await start(test);
    const report = await handlers['engine.flatten']({ reason: 'weekend' });
    expect(report).toMatchObject({ tradingState: 'reducing' });
    expect(report.steps.filter(({ done }) => !done)).toEqual([]);
    expect((await handlers['cycle.get']({ cycle }))?.state).not.toBe('running');
    const held = (await handlers['portfolio.get']({})).positions.filter(({ quantity }) => quantity !== '0');
    expect(held).toEqual([]);
    await handlers['engine.kill']({ reason: 'more', verb: 'flatten' });
    await expect((async () => handlers['engine.halt']({ reason: 'less' }))()).rejects.toThrow('halted already');
  });
});
