import { afterEach, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let running: TestEngine | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** Starts a cycle and stops at the moment at which its agent holds a position. */
async function untilHolding(): Promise<TestEngine> {
  const test = await startTestEngine();
  running = test;
  const held = new Promise<void>((resolve) => {
    const off = test.engine.events.subscribe('cycle.changed', () => undefined);
    const look = async (): Promise<void> => {
      const view = await test.engine.handlers['cycle.get']({});
      if (view?.fills.some(({ purpose }) => purpose === 'entry') === true) {
        off();
        resolve();
      } else setImmediate(() => void look());
    };
    void look();
  });
  void test.press();
  await held;
  return test;
}

const payloads = async (test: TestEngine, type: string) =>
  (await test.records()).filter((record) => record.type === type).map((record) => JSON.parse(record.payload));

describe('while an agent holds a position', () => {
  it('stop managing keeps position and stop, decides nothing more, and goes on recording until the stop or target fills', async () => {
    const test = await untilHolding();
    const { handlers } = test.engine;
    const preview = await handlers['engine.kill_preview']({});
    expect(preview.venues[0]?.positions).toMatchObject([{ flatten: 'close', stopManaging: 'keep' }]);
    expect(preview.venues[0]?.orders.every(({ protects, stopManaging }) => protects && stopManaging === 'keep')).toBe(
      true,
    );
    const before = (await payloads(test, 'agent.decided')).length;
    const report = await handlers['engine.kill']({ reason: 'a test', verb: 'stop_managing' });
    expect(report).toMatchObject({ tradingState: 'halted', verb: 'stop_managing' });
    expect(report.steps.every(({ done }) => done)).toBe(true);
    const view = await handlers['cycle.wait']({ cycle: 1 });
    const closing = view.fills.at(-1);
    expect(['stop', 'target']).toContain(closing?.purpose);
    expect((await payloads(test, 'agent.decided')).length).toBeLessThanOrEqual(before + 1);
    expect(view.result?.reconciliation).toMatchObject({ difference: '0', positionValue: '0' });
    expect((await handlers['audit.verify']({})).ok).toBe(true);
  });

  it('stop and flatten cancels the stop, closes the position, and the journal keeps the proof of each cancel', async () => {
    const test = await untilHolding();
    const report = await test.engine.handlers['engine.kill']({ reason: 'a test', verb: 'flatten' });
    expect(report.steps.filter(({ done }) => !done)).toEqual([]);
    expect(report.venues[0]?.orders.length).toBeGreaterThan(0);
    const view = await test.engine.handlers['cycle.wait']({ cycle: 1 });
    expect(view.fills.at(-1)?.purpose).toBe('flatten');
    const [proof] = await payloads(test, 'kill.proof');
    expect(proof).toEqual({ verb: 'flatten', reason: 'a test', venues: report.venues });
    const canceled = (await payloads(test, 'order.canceled')).map(({ clientOrderId }) => clientOrderId);
    expect(canceled).toEqual(
      expect.arrayContaining(report.venues[0]?.orders.map(({ clientOrderId }) => clientOrderId) ?? []),
    );
  });
});
