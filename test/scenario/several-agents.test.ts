import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import type { AuditRecord } from '#shared/contract/audit.ts';
import { createMemorySecretStore } from '../support/memory-secret-store.ts';
import { latestDecision, recount } from '../support/recount-reservations.ts';
import { candleFile, notRunWithoutShared } from '../support/shared-material.ts';
import { generatedStretches, resourcesWith, stretchesOf, type Tapes } from '../support/side-by-side.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { keepTrading, openTenAgents, type TenAgents, tradingNow } from '../support/ten-agents.ts';

const AGENTS = 10;
const CASH = 10_000;
/** Far below the drawdown budget, so that it is the reservations that hold. */
const MAX_OPEN_RISK = 0.02;
const LIMITS = { maxAgents: AGENTS, maxPositions: 5, maxOpenRisk: String(MAX_OPEN_RISK), maxOrderFraction: '0.15' };
const HISTORY_DAYS = 1;

let running: TenAgents | undefined;
afterEach(async () => {
  await running?.test.close();
  running = undefined;
});

const resources = resourcesWith(AGENTS);
afterAll(() => resources.remove());
const { symbols } = resources;

/** The equity that an approval could know: the account values what is held candle by candle, so one candle older is as good. */
function equityAt(
  tapes: Tapes,
  candleMs: number,
  { ts, cash, held }: ReturnType<typeof recount>['approvals'][number],
): number {
  let value = cash;
  for (const [instrumentId, quantity] of held) {
    if (quantity < 1e-9) continue;
    const candles = tapes.get(instrumentId.slice(0, instrumentId.indexOf('.'))) ?? [];
    const at = (moment: number): number => candles.find(({ closeTime }) => closeTime === moment)?.close ?? 0;
    const close = Math.floor(ts / candleMs) * candleMs;
    value += quantity * Math.max(at(close), at(close - candleMs));
  }
  return value;
}

const counts = (records: readonly AuditRecord[], type: string): number =>
  records.filter((record) => record.type === type).length;

describe.each([
  {
    name: 'recorded minutes of BTC/USDT',
    absent: notRunWithoutShared('ten agents on recorded minutes'),
    interval: '15m' as const,
    days: 3,
    tapes: () => stretchesOf(candleFile('binance-BTCUSDT-1m.csv.gz'), symbols, 3),
  },
  {
    name: 'generated minutes',
    absent: false,
    interval: '5m' as const,
    days: 2,
    tapes: () => generatedStretches(resources.file, 2, 5),
  },
])('ten agents at once on $name', ({ absent, interval, days, tapes }) => {
  it.skipIf(absent)(
    'never reserve more than the limits together, decide in time, and leave nothing reserved',
    async () => {
      const tape = tapes();
      const ten = await openTenAgents({
        tapes: tape,
        interval,
        historyDays: HISTORY_DAYS,
        limits: LIMITS,
        engine: { resources: resources.path },
      });
      running = ten;
      const { test, market, candleMs } = ten;
      const until = market.clock.now() + (days - HISTORY_DAYS) * 86_400_000 - 60 * candleMs;
      const { cycles, most } = await keepTrading(ten, symbols, { until, pause: 3 });
      const records = await test.records();
      const told = recount(records, CASH);
      for (const approval of told.approvals) {
        const equity = equityAt(tape, candleMs, approval);
        expect(approval.risk).toBeLessThanOrEqual(equity * MAX_OPEN_RISK + 1e-6);
        expect(approval.notional).toBeLessThanOrEqual(equity + 1e-6);
        expect(approval.positions).toBeLessThanOrEqual(LIMITS.maxPositions);
      }
      const fullest = Math.max(...told.approvals.map(({ risk }) => risk));
      const refused = records.filter(
        ({ type, payload }) => type === 'risk.denied' && /portfolio-risk|less than one lot/.test(payload),
      ).length;
      console.log(
        `${cycles.length} cycles, ${most} at once, ${told.approvals.length} entries, ${counts(records, 'order.filled')} fills, ` +
          `${counts(records, 'agent.decided')} decisions, the latest ${latestDecision(records)} ms of market time after its close, ` +
          `${refused} entries without room, fullest ${fullest.toFixed(2)} of ${CASH * MAX_OPEN_RISK}`,
      );
      expect(most).toBeGreaterThanOrEqual(5);
      expect(told.approvals.length).toBeGreaterThan(5);
      // The limit was nearly reached, so that keeping it means something.
      expect(fullest).toBeGreaterThan(CASH * MAX_OPEN_RISK * 0.8);
      expect(Math.max(...told.approvals.map(({ positions }) => positions))).toBeGreaterThan(1);
      expect(latestDecision(records)).toBe(0);
      expect(told.left).toBe(0);
      expect([...told.held.values()].every((quantity) => Math.abs(quantity) < 1e-9)).toBe(true);
      const portfolio = await test.engine.handlers['portfolio.get']({});
      expect(Number(portfolio.cash)).toBeCloseTo(told.cash, 6);
      expect((await test.engine.handlers['audit.verify']({})).ok).toBe(true);
    },
  );
});

const generated = (): Tapes => generatedStretches(resources.file, 2, 5);
const openGenerated = async (limits: Readonly<Record<string, string | number>>): Promise<TenAgents> => {
  const engine = { resources: resources.path };
  running = await openTenAgents({ tapes: generated(), interval: '5m', historyDays: HISTORY_DAYS, limits, engine });
  return running;
};

/** Trades until several agents hold something, does something then, and lets what still runs come to its end. */
async function onceHolding(
  ten: TenAgents,
  atLeast: number,
  act: (holding: readonly { readonly cycle: number }[]) => Promise<void>,
): Promise<void> {
  let done = false;
  await keepTrading(ten, symbols, {
    until: ten.market.clock.now() + 12 * 3_600_000,
    pause: 1,
    enough: async () => {
      const holding = await tradingNow(ten.test);
      if (done || holding.length < atLeast) return false;
      done = true;
      // Not waited for: it takes candles, and they come only when nobody holds the clock.
      void act(holding);
      return true;
    },
  });
  expect(done).toBe(true);
}

describe('several agents on one account', () => {
  it('are one for the same press in the same candle, and another for another instrument or a later candle', async () => {
    const { test, market, pressOf, candleMs } = await openGenerated({ maxAgents: 10 });
    const { handlers } = test.engine;
    const [first, same, other] = await Promise.all([
      handlers['cycle.start'](pressOf('AAA/USDT')),
      handlers['cycle.start']({ ...pressOf('AAA/USDT'), trigger: 'button' }),
      handlers['cycle.start'](pressOf('BBB/USDT')),
    ]);
    expect([first, same, other].map(({ alreadyRunning }) => alreadyRunning)).toEqual([false, true, false]);
    expect(same).toMatchObject({ cycle: first.cycle, runId: first.runId });
    expect(other.cycle).not.toBe(first.cycle);
    const walker = market.together.join();
    await walker.wait(unixMs(market.clock.now() + candleMs), createAbortSource().token);
    const pressed = handlers['cycle.start'](pressOf('AAA/USDT'));
    walker.leave();
    const later = await pressed;
    expect(later.alreadyRunning).toBe(false);
    expect(later.cycle).not.toBe(first.cycle);
  });

  it('are as many as the limit says, and the refusal names it', async () => {
    const { test, pressOf } = await openGenerated({ maxAgents: 2 });
    const { handlers } = test.engine;
    const pressed = await Promise.allSettled(
      symbols.slice(0, 3).map(async (one) => handlers['cycle.start'](pressOf(one))),
    );
    expect(pressed.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(pressed[2]).toMatchObject({
      reason: { code: 'refused', message: expect.stringContaining('maxAgents is 2') },
    });
  });

  it('all end when trading is killed: nothing rests, nothing is held, nothing stays reserved', async () => {
    const ten = await openGenerated({ maxAgents: 10 });
    const { handlers } = ten.test.engine;
    let report: ReturnType<(typeof handlers)['engine.kill']> | undefined;
    await onceHolding(ten, 3, async () => {
      report = handlers['engine.kill']({ reason: 'a test', verb: 'flatten' });
    });
    const { steps, venues } = await (report ?? Promise.reject(new Error('nothing was killed')));
    expect(steps.filter(({ done }) => !done)).toEqual([]);
    expect(venues[0]?.orders.length).toBeGreaterThanOrEqual(3);
    expect((await handlers['portfolio.get']({})).positionValue).toBe('0');
    const told = recount(await ten.test.records(), CASH);
    expect(told.left).toBe(0);
    expect([...told.held.values()].every((quantity) => Math.abs(quantity) < 1e-9)).toBe(true);
  });

  it('are stopped one by one: the others go on', async () => {
    const ten = await openGenerated({ ...LIMITS, maxPositions: 10 });
    const { handlers } = ten.test.engine;
    const chosen: number[] = [];
    await onceHolding(ten, 3, async ([one, ...others]) => {
      chosen.push(one?.cycle ?? 0, ...others.map(({ cycle }) => cycle));
      await handlers['cycle.cancel']({ reason: 'only this one', cycle: one?.cycle ?? 0 });
    });
    const views = await Promise.all(chosen.map(async (cycle) => handlers['cycle.wait']({ cycle })));
    expect(views.map(({ result }) => result?.outcome)).toEqual(['interrupted', ...views.slice(1).map(() => 'traded')]);
    expect(views[0]?.result?.reason).toBe('only this one');
    for (const { result } of views) expect(result?.reconciliation).toMatchObject({ difference: '0' });
  });

  it('retire one by one: what one holds is sold with its protection resting until then, and the others go on', async () => {
    const ten = await openGenerated({ ...LIMITS, maxPositions: 10 });
    const { handlers } = ten.test.engine;
    const chosen: number[] = [];
    await onceHolding(ten, 3, async ([one, ...others]) => {
      chosen.push(one?.cycle ?? 0, ...others.map(({ cycle }) => cycle));
      await handlers['agents.retire']({ agent: String(one?.cycle), reason: 'enough' });
    });
    const views = await Promise.all(chosen.map(async (cycle) => handlers['cycle.wait']({ cycle })));
    const [retired] = views;
    expect(views.map(({ result }) => result?.outcome)).toEqual(views.map(() => 'traded'));
    expect(retired?.result?.reason).toBe('retired: enough');
    expect(retired?.lesson).not.toBeNull();
    expect(views.slice(1).every(({ result }) => result?.reason !== 'retired: enough')).toBe(true);
    // Until the sale has filled, the stop and the target of the position rest: they are canceled after it and not before.
    const records = (await ten.test.records()).filter(({ cycle }) => cycle === chosen[0]);
    const seqOf = (type: string, wanted: (payload: { purpose?: string; clientOrderId: string }) => boolean): number =>
      records.findLast((record) => record.type === type && wanted(JSON.parse(record.payload)))?.seq ?? 0;
    const protection = retired?.orders.filter(({ purpose }) => purpose === 'stop' || purpose === 'target') ?? [];
    const sold = seqOf('order.filled', ({ purpose }) => purpose === 'flatten');
    expect(sold).toBeGreaterThan(0);
    expect(protection.length).toBeGreaterThan(0);
    for (const { clientOrderId } of protection)
      expect(seqOf('order.canceled', (payload) => payload.clientOrderId === clientOrderId)).toBeGreaterThan(sold);
    await expect(async () => handlers['agents.retire']({ agent: String(chosen[0]), reason: 'again' })).rejects.toThrow(
      'has ended already',
    );
  });

  it('say what they were told beside the templates and the one before, and why they did each thing, hold by hold', async () => {
    const ten = await openGenerated({ ...LIMITS, maxPositions: 10 });
    const { handlers } = ten.test.engine;
    await keepTrading(ten, symbols.slice(0, 4), { until: ten.market.clock.now() + 6 * 3_600_000, pause: 1 });
    const agents = await handlers['agents.list']({ limit: 100 });
    const late = agents.find(({ instrument, cycle }) =>
      agents.some((one) => one.instrument === instrument && one.cycle < cycle),
    );
    if (late === undefined) throw new Error('no instrument had two agents');
    const prompt = await handlers['agents.prompt']({ agent: late.agentId });
    expect(prompt.parts.every(({ current }) => current)).toBe(true);
    const text = (lines: typeof prompt.template, without: string): string =>
      lines
        .filter(({ kind }) => kind !== without)
        .map((line) => line.text)
        .join('\n');
    expect(text(prompt.template, 'removed')).toBe(prompt.instructions);
    // Every line of a template with a value in it was replaced by one without.
    expect(prompt.template.some(({ kind, text: line }) => kind === 'removed' && line.includes('{{'))).toBe(true);
    expect(
      prompt.template.filter(({ kind }) => kind !== 'removed').every(({ text: line }) => !line.includes('{{')),
    ).toBe(true);
    expect(prompt.previous).toMatchObject({ relation: 'same instrument' });
    const before = await handlers['agents.prompt']({ agent: prompt.previous?.agentId ?? '' });
    expect(text(prompt.previous?.lines ?? [], 'added')).toBe(before.instructions);
    expect(text(prompt.previous?.lines ?? [], 'removed')).toBe(prompt.instructions);

    const records = (await ten.test.records()).filter(({ cycle }) => cycle === late.cycle);
    const written = records
      .filter(({ type }) => type === 'agent.decided')
      .map(({ payload }) => JSON.parse(payload).intent);
    const pages: { readonly kind: string; readonly reason: string }[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const page = await handlers['agents.log']({ agent: String(late.cycle), offset, limit: 3 });
      expect(page.total).toBe(written.length);
      pages.push(...page.decisions);
      offset = page.next;
    }
    expect(pages.map(({ kind, reason }) => ({ kind, reason }))).toEqual(
      written.map(({ kind, reason }) => ({ kind, reason })),
    );
    expect(pages.filter(({ kind }) => kind === 'hold').length).toBeGreaterThan(0);
    expect(pages.every(({ reason }) => reason.trim().length > 3)).toBe(true);
  });

  it('are each settled at the next start when the process was killed while several held something', async () => {
    const folder = tempFolder('mt-several');
    const script = resolve(import.meta.dirname, '../support/trade-ten-until-killed.ts');
    const given = [script, folder.path, resources.path, resources.file, symbols.join(',')];
    const child = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.includes('.')) break;
    }
    child.kill('SIGKILL');
    await ended;
    const holding = (/holding ([\d ]+)\./.exec(said)?.[1] ?? '').split(' ').map(Number);
    expect(holding.length).toBeGreaterThanOrEqual(3);

    // The generated market of the folder knows these instruments too; what it would quote does not matter here.
    running = await openTenAgents({
      tapes: generated(),
      interval: '5m',
      historyDays: 1.75,
      limits: {},
      engine: { home: folder.path, resources: resources.path, secrets: createMemorySecretStore('missing') },
    });
    const { test } = running;
    expect((await test.engine.handlers['portfolio.get']({})).positionValue).toBe('0');
    for (const cycle of holding) {
      const view = await test.engine.handlers['cycle.get']({ cycle });
      expect(view?.state).toBe('interrupted');
      expect(view?.result?.reason).toContain('the program ended before the cycle did');
      expect(view?.result?.reconciliation).toMatchObject({ difference: '0', positionValue: '0' });
    }
    const told = recount(await test.records(), CASH);
    expect(told.left).toBe(0);
    expect((await test.engine.handlers['audit.verify']({})).ok).toBe(true);
    await test.close();
    running = undefined;
    folder.remove();
  });
});
