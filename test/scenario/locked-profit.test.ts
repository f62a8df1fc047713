import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { add, compare, formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.close());

const profit = () => engine.engine.handlers['portfolio.profit']({});
const log = () => engine.engine.handlers['portfolio.log']({ limit: 100 });
const set = (changes: { readonly share?: string; readonly threshold?: string; readonly reason?: string }) =>
  engine.engine.handlers['portfolio.set_profit_lock'](changes);

describe('profit of the standing account', () => {
  it('is locked by the rule the moment that it is made, told with its reason, and there again after a restart', async () => {
    // The first rule needs no reason, whatever its threshold: nothing was locked before.
    await set({ share: '0.5', threshold: '1' });
    await engine.press();
    // The first press of a fresh folder earns something, which another test holds it to.
    const after = await profit();
    expect(compare(parseDecimal(after.realised), parseDecimal('0'))).toBe(1);
    expect(after.highWater).toBe(after.realised);
    const twice = add(parseDecimal(after.locked), parseDecimal(after.locked));
    expect(Math.abs(Number(formatDecimal(twice)) - Number(after.realised))).toBeLessThan(3e-8);
    expect(Number(after.atWork)).toBeCloseTo(Number(after.equity) - Number(after.locked), 8);
    const [newest, first] = await log();
    expect(newest).toMatchObject({ kind: 'profit.locked', what: expect.stringContaining(after.locked) });
    expect(newest?.why).toContain('a share of 0.5');
    expect(first?.kind).toBe('profit.policy_set');
    // In the records of the system, after the sale that earned it and before anything else is bought.
    const types = (await engine.records()).map(({ type }) => type);
    const lock = types.indexOf('profit.locked');
    expect(types.slice(0, lock)).toContain('order.filled');
    expect(types.lastIndexOf('order.filled')).toBeLessThan(lock);

    const again = await engine.reopen();
    expect(await again.engine.handlers['portfolio.profit']({})).toEqual(after);
    engine = again;
  });

  it('of before the rule is not new, and a lower share needs a reason', async () => {
    await engine.press();
    const before = await set({ share: '1' });
    expect(before).toMatchObject({ locked: '0', highWater: before.realised });
    await expect(async () => set({ share: '0.4' })).rejects.toThrow('less of the profit');
    await expect(async () => set({ threshold: '1' })).rejects.toThrow('less of the profit');
    await expect(async () => set({ share: '1.5' })).rejects.toThrow('cannot be locked');
    expect(await set({ share: '0.4', reason: 'grow' })).toMatchObject({ share: '0.4', locked: '0' });
  });

  it('is released by the master alone, with a reason, and never more than there is', async () => {
    await set({ share: '1' });
    await engine.press();
    const { locked, equity } = await profit();
    const release = (amount?: string) =>
      engine.engine.handlers['portfolio.release_profit']({ reason: 'reinvest', ...(amount ? { amount } : {}) });
    await expect(async () => release('1000')).rejects.toThrow(`${locked} is locked`);
    await expect(async () => release('0')).rejects.toThrow('cannot be released');
    expect(await release('1')).toMatchObject({ released: '1', atWork: expect.not.stringMatching(/^$/) });
    const rest = await release();
    expect(rest).toMatchObject({ locked: '0', atWork: equity });
    await expect(async () => release()).rejects.toThrow('0 is locked');
    expect((await log()).map(({ kind }) => kind).slice(0, 2)).toEqual(['profit.released', 'profit.released']);
    // The same profit is not new again.
    expect((await profit()).highWater).toBe(rest.realised);
  });
});
