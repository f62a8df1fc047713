import { describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { deepestDrawdown, drawdownsOf } from '#core/statistics/drawdown.ts';
import { momentsOf } from '#core/statistics/moments.ts';
import { monthlyReturns } from '#core/statistics/monthly-returns.ts';
import { sharpeRatio } from '#core/statistics/return-metrics.ts';
import { summarise } from '#core/statistics/summarise.ts';
import type { EquityRecord, TradeRecord } from '#core/statistics/types.ts';
import { planWalkForward, type Split, type WalkForwardOptions } from '#core/statistics/walk-forward.ts';
import { constant, DAY, HOUR, NEW_YEAR_2024, recordOf } from '#test/support/equity-records.ts';
import * as fc from '../support/seeded-check.ts';

const plans = fc.record({
  length: fc.integer({ min: 50, max: 1500 }),
  kind: fc.constantFrom<WalkForwardOptions['kind']>('anchored', 'rolling', 'folds'),
  trainLength: fc.integer({ min: 1, max: 300 }),
  testLength: fc.integer({ min: 1, max: 150 }),
  purge: fc.integer({ min: 0, max: 40 }),
  embargo: fc.integer({ min: 0, max: 40 }),
  holdoutLength: fc.integer({ min: 0, max: 300 }),
});

const planOf = (options: WalkForwardOptions) => {
  try {
    return planWalkForward(options);
  } catch {
    // Too short for these lengths: refused by name, which its own test shows.
    return undefined;
  }
};

const indices = ({ train }: Split): readonly number[] =>
  train.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));

describe('walk-forward splits', () => {
  it('keep every training candle out of purge + embargo of every test candle and of the holdout', () => {
    let split = 0;
    fc.assert(
      fc.property(plans, (options) => {
        const plan = planOf(options);
        if (plan === undefined) return;
        const gap = options.purge + options.embargo;
        for (const one of plan.splits) {
          split++;
          const forbidden = new Set<number>();
          for (let i = one.test.from - gap; i < one.test.to + gap; i++) forbidden.add(i);
          if (options.holdoutLength > 0)
            for (let i = plan.holdout.from - gap; i < options.length; i++) forbidden.add(i);
          const trained = indices(one);
          expect(trained.length).toBeGreaterThan(0);
          expect(trained.filter((index) => index < 0 || index >= options.length || forbidden.has(index))).toEqual([]);
          if (options.kind !== 'folds') expect(Math.max(...trained)).toBeLessThan(one.test.from);
        }
      }),
      { numRuns: 300 },
    );
    expect(split).toBeGreaterThan(500);
  });

  it('test each candle between the first training and the gap before the holdout exactly once', () => {
    fc.assert(
      fc.property(plans, (options) => {
        const plan = planOf(options);
        if (plan === undefined) return;
        const gap = options.purge + options.embargo;
        const first = options.kind === 'folds' ? 0 : options.trainLength + gap;
        const end = options.holdoutLength === 0 ? options.length : options.length - options.holdoutLength - gap;
        const tested = plan.splits.flatMap(({ test }) =>
          Array.from({ length: test.to - test.from }, (_, i) => test.from + i),
        );
        expect(tested).toEqual(Array.from({ length: end - first }, (_, i) => first + i));
        for (const { test } of plan.splits)
          expect(test.to - test.from).toBeGreaterThanOrEqual(Math.min(end - first, options.testLength / 2));
        if (options.kind === 'rolling')
          for (const { train } of plan.splits)
            expect(train).toEqual([{ from: train[0]?.from, to: (train[0]?.from ?? 0) + options.trainLength }]);
      }),
      { numRuns: 300 },
    );
  });
});

const moves = fc.array(fc.double({ min: -0.4, max: 0.6, noNaN: true }), { minLength: 0, maxLength: 250 });

/** Every number anywhere in plain data. */
function numbersIn(data: unknown): readonly number[] {
  if (typeof data === 'number') return [data];
  if (typeof data !== 'object' || data === null) return [];
  return Object.values(data).flatMap(numbersIn);
}

/** Everything that is shaped like a figure. */
function figuresIn(data: unknown): readonly Record<string, unknown>[] {
  if (typeof data !== 'object' || data === null) return [];
  const own = 'notEnough' in data || 'undefinable' in data || 'value' in data ? [data as Record<string, unknown>] : [];
  return [...own, ...Object.values(data).flatMap(figuresIn)];
}

describe('a summary of anything', () => {
  const trades = (record: EquityRecord) =>
    fc.array(
      fc
        .record({
          entry: fc.nat(Math.max(0, record.times.length - 1)),
          held: fc.nat(5),
          quantity: fc.double({ min: 1e-8, max: 10, noNaN: true }),
          entryPrice: fc.double({ min: 1e-8, max: 1e6, noNaN: true }),
          exitPrice: fc.double({ min: 1e-8, max: 1e6, noNaN: true }),
          netPnl: fc.oneof(fc.constant(0), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
          risk: fc.option(fc.double({ min: 1e-6, max: 1e4, noNaN: true }), { nil: undefined }),
        })
        .map(
          ({ entry, held, risk, ...rest }): TradeRecord => ({
            ...rest,
            fees: 1,
            entryTime: record.startTime + entry * record.intervalMs,
            exitTime: record.startTime + (entry + held) * record.intervalMs,
            ...(risk === undefined ? {} : { riskTaken: risk }),
          }),
        ),
      { maxLength: 40 },
    );
  const runs = fc
    .record({
      returns: fc.oneof(
        moves,
        fc.nat(120).map((length) => constant(length, 0)),
        moves.map((list) => [...list, -1, 0.1, 0.2]),
      ),
      intervalMs: fc.constantFrom(HOUR, 4 * HOUR, DAY),
      start: fc.integer({ min: 0, max: 400 * DAY }),
      scale: fc.constantFrom(1e-6, 1, 1000, 1e12),
    })
    .map(({ returns, intervalMs, start, scale }) => recordOf(returns, intervalMs, NEW_YEAR_2024 + start, scale))
    .chain((record) => fc.record({ record: fc.constant(record), trades: trades(record), priced: fc.boolean() }));

  it('holds no NaN and no infinity, every estimate has n and an interval around its value, and JSON keeps it whole', () => {
    fc.assert(
      fc.property(runs, ({ record, trades, priced }) => {
        const market = {
          open: Float64Array.from(record.equity, (_, i) => 100 + (i % 7)),
          close: Float64Array.from(record.equity, (_, i) => 101 + (i % 5)),
        };
        const metrics = summarise({
          record,
          trades,
          rng: createRng(1),
          costPerSide: 0.001,
          ...(priced ? { market } : {}),
        });
        for (const number of numbersIn(metrics)) expect(Number.isFinite(number)).toBe(true);
        const figures = figuresIn(metrics);
        expect(figures.length).toBeGreaterThan(25);
        for (const figure of figures) {
          if (!('value' in figure)) continue;
          if ('interval' in figure) {
            const { low, high, method } = figure['interval'] as { low: number; high: number; method: string };
            expect(low).toBeLessThanOrEqual(high);
            expect(method).not.toBe('');
          }
          if ('n' in figure) expect(figure['n']).toBeGreaterThanOrEqual(0);
        }
        expect(JSON.parse(JSON.stringify(metrics))).toEqual(metrics);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same whatever the size of the account', () => {
    fc.assert(
      fc.property(moves, fc.constantFrom(0.01, 7, 1e6), (returns, scale) => {
        const [small, large] = [recordOf(returns), recordOf(returns, DAY, NEW_YEAR_2024, 1000 * scale)];
        const [a, b] = [small, large].map((record) => summarise({ record, trades: [], rng: createRng(1) }));
        const close = (x: number, y: number) =>
          expect(Math.abs(x - y)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(x)));
        const [first, second] = [a, b].map((metrics) =>
          numbersIn([metrics?.risk, metrics?.significance, metrics?.equity.months]),
        );
        expect(first?.length).toBe(second?.length);
        for (const [i, x] of (first ?? []).entries()) close(x, second?.[i] ?? Number.NaN);
      }),
      { numRuns: 60 },
    );
  });

  it('counts depth from the highest mark so far, and months that multiply to the whole', () => {
    fc.assert(
      fc.property(moves, fc.constantFrom(HOUR, DAY), (returns, intervalMs) => {
        const record = recordOf(returns, intervalMs);
        const { depth, deepest, timeUnderWater } = drawdownsOf(record);
        let peak = record.startEquity;
        for (const [i, mark] of record.equity.entries()) {
          peak = Math.max(peak, mark);
          expect(depth[i]).toBeCloseTo(1 - mark / peak, 12);
        }
        expect(deepest?.depth ?? 0).toBe(Math.max(0, ...depth));
        expect(deepestDrawdown(record)).toBe(deepest?.depth ?? 0);
        expect(timeUnderWater).toBeGreaterThanOrEqual(0);
        expect(timeUnderWater).toBeLessThanOrEqual(1);
        const product = monthlyReturns(record).reduce((grown, { value }) => grown * (1 + value), record.startEquity);
        const end = record.equity.at(-1) ?? record.startEquity;
        expect(Math.abs(product / end - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 150 },
    );
  });

  it('never gives a Sharpe ratio from rounding noise', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.1, max: 0.1, noNaN: true }), fc.integer({ min: 30, max: 400 }), (daily, days) => {
        const steady = Float64Array.from({ length: days }, (_, i) => daily * (1 + (i % 3) * 1e-16));
        expect(momentsOf(steady).constant).toBe(true);
        expect(sharpeRatio(steady)).toHaveProperty('undefinable');
      }),
      { numRuns: 100 },
    );
  });
});
