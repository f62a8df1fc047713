import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { blockLengthOf } from '#core/statistics/block-length.ts';
import { bootstrapInterval, plainSharpe, resample } from '#core/statistics/bootstrap.ts';
import { meanOf, momentsOf } from '#core/statistics/moments.ts';
import { known, normals } from '#test/support/equity-records.ts';

/** x(t) = phi x(t-1) + noise. */
function autoregression(rng: Rng, length: number, phi: number): number[] {
  let x = rng.normal() / Math.sqrt(1 - phi * phi);
  return Array.from({ length }, () => {
    x = phi * x + rng.normal();
    return x;
  });
}

const ladder = Float64Array.from({ length: 100 }, (_, i) => i);

describe('a resample', () => {
  it('of the circular kind is made of whole blocks of neighbours on a ring', () => {
    const target = new Float64Array(100);
    resample(ladder, target, 'circular', 8, createRng(3));
    for (let i = 0; i < 100; i++) {
      if (i % 8 !== 0) expect(target[i]).toBe(((target[i - 1] as number) + 1) % 100);
    }
  });

  it('of the stationary kind has blocks of the mean length that was asked for', () => {
    const target = new Float64Array(100_000);
    resample(ladder, target, 'stationary', 10, createRng(3));
    let jumps = 0;
    for (let i = 1; i < target.length; i++) if (target[i] !== ((target[i - 1] as number) + 1) % 100) jumps++;
    // A jump in ten, but for the one in a hundred that lands where it would have gone anyway.
    expect(jumps / target.length).toBeGreaterThan(0.095);
    expect(jumps / target.length).toBeLessThan(0.103);
  });

  it('takes every value equally often', () => {
    for (const kind of ['stationary', 'circular'] as const) {
      const rng = createRng(5);
      const counts = new Float64Array(100);
      const target = new Float64Array(100);
      for (let i = 0; i < 2000; i++) {
        resample(ladder, target, kind, 5, rng);
        for (const value of target) counts[value] = (counts[value] as number) + 1;
      }
      for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(500);
    }
  });
});

describe('the block length', () => {
  const typical = (phi: number): number => {
    const lengths = Array.from(
      { length: 40 },
      (_, i) => blockLengthOf(autoregression(createRng(100 + i), 1000, phi)).stationary,
    );
    return lengths.sort((a, b) => a - b)[20] as number;
  };

  it('of independent values is short and grows with dependence', () => {
    const [none, some, strong] = [typical(0), typical(0.5), typical(0.9)];
    expect(none).toBeLessThan(4);
    expect(some).toBeGreaterThan(1.5 * none);
    expect(strong).toBeGreaterThan(2 * some);
  });

  it('lies near the length that theory gives for a known autoregression', () => {
    // AR(1): G / g = 2 phi / (1 - phi^2), so the stationary length is (4 phi^2 / (1 - phi^2)^2 n)^(1/3) = 12.1 for phi 0.5, n 1000.
    const theory = Math.cbrt((4 * 0.25 * 1000) / (1 - 0.25) ** 2);
    expect(typical(0.5) / theory).toBeGreaterThan(0.75);
    expect(typical(0.5) / theory).toBeLessThan(1.35);
  });

  it('is one for values that never vary, and for very few', () => {
    expect(blockLengthOf(new Float64Array(100))).toEqual({ stationary: 1, circular: 1 });
    expect(blockLengthOf([1, 2, 3])).toEqual({ stationary: 1, circular: 1 });
  });
});

describe('a bootstrapped interval', () => {
  const coverage = (kind: 'stationary' | 'circular', phi: number, blockLength?: number): number => {
    const rng = createRng(31);
    let covered = 0;
    for (let i = 0; i < 400; i++) {
      const sample = autoregression(rng, 300, phi);
      const { interval } = known(
        bootstrapInterval(sample, meanOf, {
          rng,
          resamples: 200,
          kind,
          ...(blockLength === undefined ? {} : { blockLength }),
        }),
      );
      if (interval.low <= 0 && 0 <= interval.high) covered++;
    }
    return covered / 400;
  };

  it('of a dependent mean covers the truth about as often as it says, and without blocks far less often', () => {
    expect(coverage('stationary', 0)).toBeGreaterThan(0.91);
    expect(coverage('stationary', 0.5)).toBeGreaterThan(0.84);
    expect(coverage('circular', 0.5)).toBeGreaterThan(0.84);
    expect(coverage('stationary', 0.5, 1)).toBeLessThan(0.8);
  });

  it('of independent values is about as wide as theory says', () => {
    const sample = normals(createRng(1), 500, 0.001, 0.01);
    const { interval } = known(
      bootstrapInterval(sample, meanOf, { rng: createRng(2), blockLength: 1, resamples: 4000 }),
    );
    const half = (1.96 * momentsOf(sample).deviation) / Math.sqrt(500);
    expect((interval.high - interval.low) / (2 * half)).toBeGreaterThan(0.93);
    expect((interval.high - interval.low) / (2 * half)).toBeLessThan(1.07);
  });

  it('is the same again with the same seed', () => {
    const sample = normals(createRng(1), 100);
    const make = (seed: number) => bootstrapInterval(sample, plainSharpe, { rng: createRng(seed), resamples: 100 });
    expect(make(7)).toEqual(make(7));
    expect(make(7)).not.toEqual(make(8));
  });

  it('of fewer than fifty values, or of values that never vary, is said in words', () => {
    const rng = createRng(1);
    expect(bootstrapInterval(normals(rng, 49), meanOf, { rng })).toEqual({
      notEnough: { have: 49, need: 50, of: 'daily returns' },
    });
    expect(bootstrapInterval(new Float64Array(60), plainSharpe, { rng })).toHaveProperty('undefinable');
  });
});
