import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine } from '../support/engine.ts';
import { createMemorySecretStore } from '../support/memory-secret-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const script = resolve(import.meta.dirname, '../support/trade-until-killed.ts');
let folder = tempFolder('mt-recovery');
beforeEach(() => {
  folder = tempFolder('mt-recovery');
});
afterEach(() => folder.remove());

/** Runs a process on the folder until it holds a position, then kills it without warning. */
async function killWhileHolding(home: string): Promise<void> {
  const child = spawn(process.execPath, [script, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes('holding')) break;
  }
  expect(said).toContain('holding');
  child.kill('SIGKILL');
  await ended;
}

describe('after the process was killed while an agent held a position', () => {
  it('the next start closes it through gate, venue, ledger and journal, says so, and trades on', async () => {
    await killWhileHolding(folder.path);
    const next = await startTestEngine({ home: folder.path, secrets: createMemorySecretStore('missing') });
    const { engine } = next;
    const portfolio = await engine.handlers['portfolio.get']({});
    expect(portfolio.positionValue).toBe('0');
    expect(Number(portfolio.fees)).toBeGreaterThan(0);
    const agent = (await engine.handlers['agents.list']({ limit: 10 }))[0];
    expect(agent?.state).toBe('interrupted');
    const records = await next.records();
    const of = (type: string) => records.filter((record) => record.type === type);
    const [end] = of('cycle.completed').map((record) => JSON.parse(record.payload));
    expect(end).toMatchObject({
      outcome: 'interrupted',
      reason: expect.stringContaining('the program ended before the cycle did; offline window '),
    });
    expect(end.reconciliation).toMatchObject({ difference: '0', positionValue: '0', equity: portfolio.equity });
    expect(agent?.netPnl).toBe(end.netPnl);
    expect(Number(end.r)).toBeLessThan(0.5);
    const view = await engine.handlers['cycle.get']({});
    expect(view?.orders.filter((order) => order.status === 'accepted')).toEqual([]);
    const fills = of('order.filled').map((record) => JSON.parse(record.payload));
    expect(fills.map((fill) => fill.purpose)).toEqual(['entry', 'flatten']);
    expect(fills[1].quantity).toBe(fills[0].quantity);
    expect((await engine.handlers['audit.verify']({})).ok).toBe(true);

    const after = await next.press();
    expect(['completed']).toContain(after.state);
    expect(after.result?.reconciliation.startingEquity).toBe(portfolio.equity);
    await next.close();
  });

  it('a third start finds nothing left to do', async () => {
    await killWhileHolding(folder.path);
    const secrets = createMemorySecretStore('missing');
    const second = await startTestEngine({ home: folder.path, secrets });
    const count = (await second.records()).length;
    const third = await second.reopen();
    expect((await third.records()).length).toBe(count);
    await third.close();
  });
});

describe('the kill switch', () => {
  it('stays shut over a restart and lets nothing in until it is opened with a reason', async () => {
    const first = await startTestEngine({ home: folder.path });
    const report = await first.engine.handlers['engine.kill']({ reason: 'a test', verb: 'flatten' });
    expect(report.steps.every((step) => step.done)).toBe(true);
    expect((await first.engine.handlers['engine.kill']({ reason: 'again', verb: 'flatten' })).alreadyHalted).toBe(true);
    const second = await first.reopen();
    await expect(second.press()).rejects.toMatchObject({ name: 'Fault', code: 'halted' });
    await second.engine.handlers['engine.resume']({ reason: 'the test goes on' });
    expect((await second.press()).state).toBe('completed');
    await second.close();
  });

  it('reaches a press that has not begun yet: no agent comes of it', async () => {
    const { engine, close, records } = await startTestEngine({ home: folder.path });
    const pressed = engine.handlers['cycle.start'](cycleRequest.parse({ trigger: 'terminal' }));
    const report = engine.handlers['engine.kill']({ reason: 'at once', verb: 'flatten' });
    await expect(pressed).rejects.toMatchObject({
      name: 'Fault',
      message: expect.stringContaining('stopped before it began'),
    });
    expect((await report).steps.find((step) => step.name === 'Agents stopped')?.detail).toContain('told to stop');
    expect((await records()).filter((record) => record.type === 'cycle.started')).toEqual([]);
    await close();
  });

  it('ends a running cycle: orders canceled, position closed, books reconciled', async () => {
    const { engine, close } = await startTestEngine({ home: folder.path });
    const { cycle } = await engine.handlers['cycle.start']({
      instrument: 'BTC/USDT',
      market: { kind: 'generator' },
      trigger: 'terminal',
    });
    const report = await engine.handlers['engine.kill']({ reason: 'a test', verb: 'flatten' });
    expect(report.steps.map((step) => step.done)).toEqual([true, true, true, true, true]);
    const view = await engine.handlers['cycle.wait']({ cycle });
    expect(view.result?.outcome).toBe('interrupted');
    expect(view.result?.reconciliation.difference).toBe('0');
    expect(view.result?.reconciliation.positionValue).toBe('0');
    expect(view.orders.filter((order) => order.status === 'accepted')).toEqual([]);
    await close();
  });
});
