import { afterEach, describe, expect, it } from 'vitest';
import { chosenAgent } from '#shared/contract/chosen-agent.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let running: TestEngine | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** An agent at work on a market that goes on by itself: between two of its candles whole hours pass. */
async function agentAtWork() {
  const test = await startTestEngine({ pace: 'realtime' });
  running = test;
  const { handlers } = test.engine;
  const chosen = chosenAgent.parse({ family: 'dca' });
  const { cycle } = await handlers['cycle.start'](cycleRequest.parse({ interval: '1h', trigger: 'terminal', chosen }));
  const agent = async () => (await handlers['agents.list']({ limit: 1 }))[0];
  await expect.poll(async () => (await agent())?.state).toBeDefined();
  const agentId = (await agent())?.agentId ?? '';
  return { test, handlers, cycle, agentId, agent };
}
const open = async ({ engine }: TestEngine) =>
  (await engine.handlers['portfolio.get']({})).openOrders.map(({ purpose }) => purpose);
const summaries = async (test: TestEngine) =>
  (await test.records()).filter(({ type }) => type.startsWith('agent.')).map(({ summary }) => summary);

describe('one agent of a running engine', () => {
  it('is paused at once and shows it, is resumed with a proof alone, and both are in the audit', async () => {
    const { test, handlers, agentId, agent, cycle } = await agentAtWork();
    expect(await open(test)).toEqual(['entry']);
    const paused = await handlers['agents.pause']({ agent: agentId, reason: 'news at noon', by: 'window' });
    expect(paused).toMatchObject({ state: 'waiting', paused: { why: 'news at noon', by: 'window' } });
    expect(await open(test)).toEqual([]);
    expect((await agent())?.paused?.why).toBe('news at noon');
    const before = (await test.records()).length;
    await handlers['agents.pause']({ agent: String(cycle), reason: 'once more', by: 'window' });
    expect((await test.records()).length).toBe(before);

    const resume = async () => handlers['agents.resume']({ agent: agentId, reason: 'it is calm', by: 'window' });
    await expect(resume()).rejects.toMatchObject({ code: 'step_up' });
    expect((await agent())?.paused?.why).toBe('news at noon');
    await handlers['access.step_up']({ proof: { kind: 'confirm' } });
    expect((await resume()).paused).toBeNull();
    expect((await summaries(test)).slice(-2)).toEqual([
      `Agent ${agentId} paused through the window: news at noon`,
      `Agent ${agentId} resumed through the window: it is calm`,
    ]);
    await expect(resume()).rejects.toMatchObject({ code: 'refused', message: `${agentId} is not paused` });
    expect((await handlers['audit.verify']({})).ok).toBe(true);
  });

  it('stays known as paused after a restart, which ends it, and is then paused and resumed no more', async () => {
    const { test, handlers, agentId } = await agentAtWork();
    await handlers['agents.pause']({ agent: agentId, reason: 'overnight', by: 'tray' });
    running = await test.reopen();
    const after = running.engine.handlers;
    const found = (await after['agents.list']({ limit: 1 }))[0];
    expect(found).toMatchObject({ agentId, state: 'interrupted', paused: { why: 'overnight', by: 'tray' } });
    expect(await open(running)).toEqual([]);
    expect((await running.records()).filter(({ type }) => type === 'order.filled')).toEqual([]);
    await expect(async () =>
      after['agents.pause']({ agent: agentId, reason: 'again', by: 'window' }),
    ).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('has ended already') });
  });
});
