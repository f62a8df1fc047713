import { describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { createFaultInjector, faultRuleSchema } from '#test/exchange/core/faults.ts';
import { fixed } from '#test/exchange/core/fixed.ts';
import { createLeakyCounter, createWindowCounter } from '#test/exchange/core/rate-limits.ts';
import { bookChecksum } from '#test/exchange/kraken/checksum.ts';
import { orderNumber, orderText } from '#test/exchange/kraken/ids.ts';
import { wrongTypes } from '#test/exchange/server/answer.ts';

const rule = (input: unknown) => faultRuleSchema.parse(input);
const draws = (seed: number, chance: number): string => {
  const faults = createFaultInjector(createRng(seed));
  faults.replace([rule({ fault: 'lost', on: 'create', chance })]);
  return Array.from({ length: 200 }, () => (faults.request('create') === undefined ? '-' : 'x')).join('');
};

describe('faults of the local exchange', () => {
  it('are the same for the same seed, others for another, and about as many as asked for', () => {
    expect(draws(5, 0.3)).toBe(draws(5, 0.3));
    expect(draws(5, 0.3)).not.toBe(draws(6, 0.3));
    const hits = draws(5, 0.3).replaceAll('-', '').length;
    expect(hits).toBeGreaterThan(35);
    expect(hits).toBeLessThan(85);
  });

  it('count when they took place, and stop at their number', () => {
    const faults = createFaultInjector(createRng(1));
    faults.replace([rule({ fault: 'hidden', on: 'create', times: 2, skip: 1 })]);
    expect(faults.request('query')).toBeUndefined();
    expect(faults.request('create')).toBeUndefined();
    faults.request('create');
    expect(faults.counts()).toEqual({});
    faults.request('create')?.fired();
    faults.request('create')?.fired();
    expect(faults.request('create')).toBeUndefined();
    expect(faults.counts()).toEqual({ 'hidden on create': 2 });
  });

  it('of one account hit and count for nobody else, and are replaced alone', () => {
    const faults = createFaultInjector(createRng(1));
    faults.replace([rule({ fault: 'slow', on: 'query' })]);
    faults.replaceOf('one', [rule({ fault: 'lost', on: 'create' }), rule({ fault: 'gap', on: 'stream' })]);
    expect(faults.request('create')).toBeUndefined();
    expect(faults.request('create', 'other')).toBeUndefined();
    expect(faults.message('private', 'other')).toBeUndefined();
    expect(faults.message('private', 'one')?.fault).toBe('gap');
    faults.request('create', 'one')?.fired();
    expect([faults.counts('one'), faults.counts('other')]).toEqual([{ 'lost on create': 1 }, {}]);
    faults.replaceOf('one', []);
    expect(faults.request('create', 'one')).toBeUndefined();
    expect(faults.request('query', 'one')?.fault).toBe('slow');
    expect(faults.counts()).toEqual({ 'lost on create': 1 });
  });

  it('keep to their channel', () => {
    const faults = createFaultInjector(createRng(1));
    faults.replace([rule({ fault: 'gap', on: 'stream', channel: 'book' })]);
    expect(faults.message('trade')).toBeUndefined();
    expect(faults.message('book')?.fault).toBe('gap');
    expect(() => rule({ fault: 'no such thing', on: 'create' })).toThrow();
  });

  it('turn every leaf of an answer into another type', () => {
    expect(wrongTypes({ id: 1, name: 'x', rows: [1], deep: { yes: true } })).toEqual({
      id: { value: null },
      name: 7,
      rows: 'list',
      deep: { yes: null },
    });
  });
});

describe('limits of the local exchange', () => {
  it('count in windows of the clock', () => {
    let now = 59_000;
    const counter = createWindowCounter(() => now, 60_000);
    expect([counter.add(5), counter.add(2), counter.secondsLeft()]).toEqual([5, 7, 1]);
    now = 60_000;
    expect([counter.used(), counter.add(1), counter.secondsLeft()]).toEqual([0, 1, 60]);
  });

  it('leak by the second', () => {
    let now = 0;
    const counter = createLeakyCounter(() => now, 3, 0.5);
    expect([counter.tryAdd(3), counter.tryAdd(1)]).toEqual([true, false]);
    now = 2000;
    expect([counter.tryAdd(1), counter.tryAdd(1)]).toEqual([true, false]);
  });
});

describe('spellings of kraken', () => {
  it('give an order a name and find its number again', () => {
    expect(orderText(1_000_001)).toMatch(/^O[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{6}$/);
    expect(orderNumber(orderText(1_000_001))).toBe(1_000_001);
    expect(orderNumber('77')).toBeUndefined();
  });

  it('sum a book as in the example of the documentation', () => {
    const levels = (from: number, step: number, skip = -1) =>
      Array.from({ length: 11 }, (_, index) => from + index * step)
        .filter((_, index) => index !== skip)
        .slice(0, 10)
        .map((price) => ({ price: BigInt(price) * 1000n, total: fixed('0.00000500'), orders: [] }));
    expect(bookChecksum(levels(5005, 5), levels(5000, -5, 3), 5)).toBe(974_947_235);
  });
});
