import { afterEach, describe, expect, it } from 'vitest';
import type { ChosenModeText } from '#shared/contract/automation.ts';
import { type ChosenAgentInput, chosenAgent } from '#shared/contract/chosen-agent.ts';
import { type CycleView, cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let running: TestEngine | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function inMode(mode: ChosenModeText): Promise<TestEngine> {
  running = await startTestEngine();
  if (mode !== 'full') await running.engine.handlers['mode.set']({ mode, by: 'window' });
  return running;
}
type Wanted = Partial<ChosenAgentInput>;
const choice = (wanted: Wanted = {}) => chosenAgent.parse({ family: 'trend-following', ...wanted });
const press = (test: TestEngine, wanted: Wanted = {}): Promise<CycleView> => test.press({ chosen: choice(wanted) });
const draft = (test: TestEngine, wanted: Wanted = {}) =>
  test.engine.handlers['agents.draft']({
    instrument: 'BTC/USDT',
    market: { kind: 'generator' },
    chosen: choice(wanted),
  });
/** Buys soon after the market of a new folder opens, as its first press does. */
const EAGER: Wanted = { family: 'trend-following', parameters: { fastLength: 12, slowLength: 36, trailAtr: 3.5 } };

const payloads = async (test: TestEngine, type: string) =>
  (await test.records()).filter((record) => record.type === type).map(({ payload }) => JSON.parse(payload));

describe('an agent that the master chooses himself', () => {
  for (const mode of ['full', 'semi', 'manual'] as const)
    it(`${mode}: is what was chosen, asks for no brief, and trades through the same gate`, async () => {
      const test = await inMode(mode);
      const view = await press(test, { ...EAGER, limits: { budget: '400', riskPerTrade: '0.002', maxBars: 40 } });
      expect(view.chosen).toEqual({ by: 'master', parent: null });
      expect(view.agentSpec).toMatchObject({
        family: 'trend-following',
        parameters: { fastLength: 12, slowLength: 36, trailAtr: 3.5, minAdx: 20 },
        envelope: { riskPerTrade: '0.002', maxNotionalFraction: '0.04', dayLoss: '0.01' },
        lifespan: { maxBars: 40 },
      });
      expect(view.agentSpec?.instructions).toContain('The master chose this family');
      expect(view.fills.length).toBeGreaterThan(0);
      expect(view.result?.reconciliation.difference).toBe('0');
      expect(view.stages.map(({ name }) => name)).not.toContain('brief');
      const [started] = await payloads(test, 'cycle.started');
      expect(started.chosen).toMatchObject({
        by: 'master',
        family: 'trend-following',
        limits: { maxNotionalFraction: '0.04' },
      });
      const [approved] = await payloads(test, 'risk.approved');
      expect(approved.checks).toContain('mode-and-lock');
    });

  it('manual: a press without a choice is refused as before, and says that one can be chosen', async () => {
    const test = await inMode('manual');
    await expect(test.press()).rejects.toMatchObject({ remedy: expect.stringContaining('--family') });
  });

  it('manual: asks about every entry where the master wants to be asked', async () => {
    const test = await inMode('manual');
    const { handlers } = test.engine;
    await handlers['preferences.set']({ changes: { askEntries: 'every' } });
    const asked = new Promise<string>((resolve) => {
      test.engine.events.subscribe('approvals.changed', ({ pending: [first] }) => {
        if (first !== undefined) resolve(first.kind);
      });
    });
    const { cycle } = await handlers['cycle.start'](cycleRequest.parse({ chosen: choice(EAGER) }));
    expect(await asked).toBe('entry');
    await handlers['cycle.cancel']({ reason: 'test', cycle });
    expect((await handlers['cycle.wait']({ cycle })).fills).toEqual([]);
  });

  it('emergency: is refused', async () => {
    const test = await inMode('full');
    await test.engine.handlers['engine.kill']({ reason: 'test', verb: 'flatten' });
    await expect(press(test)).rejects.toMatchObject({ code: 'halted' });
  });

  it("lowered to manual while it trades: its hands come off as any other agent's, and stops stay", async () => {
    const test = await inMode('full');
    const { handlers } = test.engine;
    const { cycle } = await handlers['cycle.start'](cycleRequest.parse({ chosen: choice(EAGER) }));
    await handlers['mode.set']({ mode: 'manual', by: 'window' });
    const view = await handlers['cycle.wait']({ cycle });
    expect(view.decisions.filter(({ kind, verdict }) => kind === 'enter' && verdict === 'approved')).toEqual([]);
  });

  it('of a program is none: refused in manual, and in semi it waits at its brief', async () => {
    const test = await inMode('manual');
    const program = test.engine.connect('trade_token', false).handlers;
    const request = cycleRequest.parse({ chosen: choice(EAGER) });
    await expect((async () => program['cycle.start'](request))()).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('a token is not his hand'),
    });
    await test.close();

    const semi = await inMode('semi');
    const brief = new Promise<{ kind: string; cycle: number }>((resolve) => {
      semi.engine.events.subscribe('approvals.changed', ({ pending: [first] }) => {
        if (first !== undefined) resolve(first);
      });
    });
    const { cycle } = await semi.engine.connect('trade_token', false).handlers['cycle.start'](request);
    expect(await brief).toMatchObject({ kind: 'brief', cycle });
    await semi.engine.handlers['cycle.cancel']({ reason: 'test', cycle });
    const view = await semi.engine.handlers['cycle.wait']({ cycle });
    expect(view).toMatchObject({ orders: [], chosen: { by: 'program' } });
  });

  it('is refused outside its bounds with the bounds named, and nothing of it is written', async () => {
    const test = await inMode('manual');
    const before = (await test.records()).length;
    const wrong: readonly (readonly [Wanted, RegExp])[] = [
      [{ parameters: { fastLength: 1_000 } }, /fastLength is above \d+: 1000/],
      [{ parameters: { fastLength: 2.5 } }, /whole number/],
      [{ parameters: { nothing: 1 } }, /no parameter "nothing"/],
      [{ parameters: { fastLength: 40, slowLength: 20 } }, /trend-following/],
      [{ limits: { budget: '2500.01' } }, /the budget of 2500.01 USDT is not above 0 and at most 2500 USDT/],
      [{ limits: { budget: '0' } }, /the budget/],
      [{ limits: { riskPerTrade: '0.0051' } }, /the risk per trade of 0.0051 is not above 0 and at most 0.005/],
      [{ limits: { dayLoss: '0.011' } }, /the loss of a day/],
      [{ limits: { maxBars: 49 } }, /the life of 49 candles is not from 2 to 48 candles/],
      [{ limits: { maxBars: 1 } }, /the life of 1 candles/],
      [{ family: 'sentiment' }, /needs news/],
      [{ parent: 'A-00000000' }, /no agent A-00000000/],
    ];
    for (const [wanted, message] of wrong) {
      await expect(press(test, wanted), JSON.stringify(wanted)).rejects.toThrow(message);
      await expect(draft(test, wanted), JSON.stringify(wanted)).rejects.toThrow(message);
    }
    expect((await test.records()).length).toBe(before);
  });

  it('is bounded by the limits that were signed, where they are tighter', async () => {
    const test = await inMode('full');
    await test.engine.handlers['risk.set_limits']({ changes: { maxOrderFraction: '0.1', dayLoss: '0.004' } });
    expect((await draft(test)).most).toMatchObject({ budget: '1000', dayLoss: '0.004' });
    await expect(press(test, { limits: { budget: '1000.01' } })).rejects.toThrow('at most 1000 USDT');
  });

  it('is shown before it starts: every parameter, every bound, and what it puts at stake', async () => {
    const test = await inMode('semi');
    const before = (await test.records()).length;
    const shown = await draft(test, { limits: { budget: '400', riskPerTrade: '0.002' } });
    expect(shown).toMatchObject({
      instrument: 'BTC/USDT',
      environment: 'simulated',
      limits: { budget: '400', riskPerTrade: '0.002', maxBars: 48 },
      most: { budget: '2500', riskPerTrade: '0.005', dayLoss: '0.01', maxBars: 48 },
      impact: { worstTrade: '20', worstDay: '120', exposure: '400' },
    });
    expect(Object.keys(shown.spec.parameters)).toEqual(shown.strategy.parameters.map(({ name }) => name));
    expect((await test.records()).length).toBe(before);
  });
});

describe('an agent after an earlier one', () => {
  it('has its family, parameters and limits where nothing else is said, and names it in its lineage', async () => {
    const test = await inMode('full');
    const first = await press(test, { ...EAGER, limits: { budget: '400', riskPerTrade: '0.002', maxBars: 12 } });
    const parent = first.agentId ?? '';
    const copy = await test.press({ chosen: chosenAgent.parse({ parent, parameters: { slowLength: 40 } }) });
    expect(copy.chosen).toEqual({ by: 'master', parent });
    expect(copy.agentSpec).toMatchObject({
      family: 'trend-following',
      parameters: { fastLength: 12, slowLength: 40, trailAtr: 3.5 },
      envelope: { riskPerTrade: '0.002', maxNotionalFraction: '0.04' },
      lifespan: { maxBars: 12 },
    });
    const spawned = await payloads(test, 'agent.spawned');
    expect(spawned.at(-1).spec.parents).toEqual([spawned[0].spec.hash]);
    const prompt = await test.engine.handlers['agents.prompt']({ agent: copy.agentId ?? '' });
    expect(prompt.previous).toMatchObject({ agentId: parent, relation: 'parent' });
  });

  it('takes nothing of its parameters where another family is chosen, and never more than may be now', async () => {
    const test = await inMode('full');
    const first = await press(test, { limits: { budget: '2000' } });
    await test.engine.handlers['risk.set_limits']({ changes: { maxOrderFraction: '0.05' } });
    const shown = await draft(test, { family: 'scalping', parent: first.agentId ?? '' });
    expect(shown.spec.family).toBe('scalping');
    expect(shown.spec.parameters).not.toHaveProperty('fastLength');
    expect(Number(shown.limits.budget)).toBeLessThanOrEqual(Number(shown.most.budget));
    expect(shown.parent).toBe(first.agentId);
  });
});
