import { afterEach, describe, expect, it } from 'vitest';
import type { ApprovalView } from '#shared/contract/automation.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import type { EntryPolicy } from '#shared/contract/preferences.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let running: TestEngine | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** In semi, with this policy; the press asks first for the brief, and this answers it. */
async function askedForEntry(policy: EntryPolicy): Promise<{ test: TestEngine; cycle: number; entry: ApprovalView }> {
  running = await startTestEngine();
  const test = running;
  const { handlers } = test.engine;
  await handlers['mode.set']({ mode: 'semi', by: 'window' });
  await handlers['preferences.set']({ changes: { askEntries: policy, approvalMinutes: 30 } });
  const entry = nextPending(test, 'entry');
  const brief = nextPending(test, 'brief');
  const { cycle } = await handlers['cycle.start'](cycleRequest.parse({ trigger: 'button' }));
  await handlers['approvals.approve']({ id: (await brief).id, limits: {}, by: 'window' });
  return { test, cycle, entry: await entry };
}

function nextPending(test: TestEngine, kind: ApprovalView['kind']): Promise<ApprovalView> {
  return new Promise((resolve) => {
    const off = test.engine.events.subscribe('approvals.changed', ({ pending }) => {
      const found = pending.find((one) => one.kind === kind);
      if (found === undefined) return;
      off();
      resolve(found);
    });
  });
}

const recordsOf = async (test: TestEngine, type: string): Promise<readonly Record<string, unknown>[]> =>
  (await test.records()).filter((record) => record.type === type).map(({ payload }) => JSON.parse(payload));
const entriesSent = async (test: TestEngine) =>
  (await recordsOf(test, 'risk.approved')).filter(({ purpose }) => purpose === 'entry');

describe('an entry that asks', () => {
  it('waits with nothing sent, and one approval of many sends it once, through the gate', async () => {
    const { test, cycle, entry } = await askedForEntry('every');
    const { handlers } = test.engine;
    expect(entry).toMatchObject({ id: 'AP-2', kind: 'entry', cycle, environment: 'simulated' });
    expect(entry.expiresAt - entry.requestedAt).toBe(30 * 60_000);
    expect(Number(entry.entry?.lowest)).toBeLessThan(Number(entry.entry?.price));
    expect(Number(entry.entry?.highest)).toBeGreaterThan(Number(entry.entry?.price));
    expect(await handlers['cycle.get']({ cycle })).toMatchObject({ state: 'running', orders: [] });
    expect(await entriesSent(test)).toEqual([]);

    const many = await Promise.allSettled(
      Array.from({ length: 5 }, async () => handlers['approvals.approve']({ id: 'AP-2', limits: {}, by: 'window' })),
    );
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const view = await handlers['cycle.wait']({ cycle });
    expect(view.result?.outcome).toBe('traded');
    expect((await entriesSent(test)).map(({ quantity }) => quantity)).toEqual([entry.entry?.quantity]);
    expect(view.fills.filter(({ purpose }) => purpose === 'entry')).toHaveLength(1);
    expect((await handlers['audit.verify']({})).ok).toBe(true);
  });

  it('is lowered before it is sent, and never raised', async () => {
    const { test, cycle, entry } = await askedForEntry('every');
    const { handlers } = test.engine;
    const half = (Number(entry.impact.exposure) / 2).toFixed(2);
    const edit = async (limits: Parameters<(typeof handlers)['approvals.edit']>[0]['limits']) =>
      handlers['approvals.edit']({ id: entry.id, limits, by: 'window' });
    await expect(edit({ maxSize: String(Number(entry.impact.exposure) * 2) })).rejects.toThrow('can only be lowered');
    await expect(edit({ maxBars: 3 })).rejects.toThrow('only the size and the risk');
    await edit({ maxSize: half });
    await handlers['approvals.approve']({ id: entry.id, limits: {}, by: 'terminal' });
    await handlers['cycle.wait']({ cycle });
    const [sent] = await entriesSent(test);
    expect(Number(sent?.['quantity'])).toBeGreaterThan(0);
    expect(Number(sent?.['quantity']) * Number(entry.entry?.price)).toBeLessThanOrEqual(Number(half));
  });

  it('is not sent when it is rejected; the agent ends with the reason, and nothing was risked', async () => {
    const { test, cycle, entry } = await askedForEntry('every');
    const { handlers } = test.engine;
    await handlers['approvals.reject']({ id: entry.id, reason: 'not today', by: 'window' });
    const view = await handlers['cycle.wait']({ cycle });
    expect(view).toMatchObject({ state: 'completed', orders: [], fills: [] });
    expect(await recordsOf(test, 'risk.denied')).toMatchObject([
      { purpose: 'entry', check: 'approval', reason: `the master rejected ${entry.id}: not today` },
    ]);
    expect((await recordsOf(test, 'agent.retired')).map(({ why }) => why)).toEqual([
      `the master rejected ${entry.id}: not today`,
    ]);
  });

  it('cannot be approved while trading takes nothing new, nor after a kill, which ends it', async () => {
    const { test, cycle, entry } = await askedForEntry('every');
    const { handlers } = test.engine;
    const approve = async () => handlers['approvals.approve']({ id: entry.id, limits: {}, by: 'window' });
    await handlers['engine.halt']({ reason: 'news' });
    await expect(approve()).rejects.toThrow('trading is reducing');
    await handlers['engine.kill']({ reason: 'a test', verb: 'flatten' });
    expect((await handlers['cycle.wait']({ cycle })).fills).toEqual([]);
    await expect(approve()).rejects.toThrow('has expired');
    await handlers['engine.resume']({ reason: 'over' });
    await expect(approve()).rejects.toThrow('has expired');
    expect(await entriesSent(test)).toEqual([]);
  });

  it('is withdrawn when the mode is lowered to manual', async () => {
    const { test, cycle, entry } = await askedForEntry('every');
    const { handlers } = test.engine;
    await handlers['mode.set']({ mode: 'manual', by: 'window' });
    const view = await handlers['cycle.wait']({ cycle });
    expect(view.fills).toEqual([]);
    expect((await handlers['approvals.get']({ id: entry.id })).approval.state).toBe('expired');
    expect(await entriesSent(test)).toEqual([]);
  });

  it('does not outlive the program: expired, and never sent', async () => {
    const { test, entry } = await askedForEntry('every');
    const again = await test.reopen();
    running = again;
    expect((await again.engine.handlers['approvals.get']({ id: entry.id })).approval.state).toBe('expired');
    expect(await entriesSent(again)).toEqual([]);
  });
});
