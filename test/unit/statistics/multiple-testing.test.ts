import { describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { backtestOverfitting } from '#core/statistics/backtest-overfitting.ts';
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  isSignificant,
  minimumTrackRecord,
  probabilisticSharpe,
} from '#core/statistics/deflated-sharpe.ts';
import { momentsOf } from '#core/statistics/moments.ts';
import { normalCdf } from '#core/statistics/normal.ts';
import { createTrialRegistry, type Trial } from '#core/statistics/trial-registry.ts';
import { known, normals } from '#test/support/equity-records.ts';
import { naiveDeflated, naiveOverfitting } from './naive.ts';

describe('the deflated Sharpe ratio', () => {
  it.each([
    [2, 0.0004],
    [20, 0.002],
    [1000, 0.001],
  ])('of %i trials agrees with a second implementation to 1e-9', (trials, sharpeVariance) => {
    const returns = normals(createRng(trials), 250, 0.001, 0.01).map((x, i) => (i % 17 === 0 ? 2.5 * x : x));
    const { probability } = deflatedSharpe(returns, { trials, sharpeVariance });
    expect(Math.abs(known(probability).value - naiveDeflated(returns, trials, sharpeVariance))).toBeLessThan(1e-9);
  });

  it('expects of the best of N what simulation shows', () => {
    // Exact expectations of the largest of N standard normals (Teichroew 1956, and Tippett 1925 for 100 and 1000).
    for (const [trials, exact] of [
      [5, 1.16296],
      [10, 1.53875],
      [20, 1.86748],
      [100, 2.50759],
      [1000, 3.24144],
    ] as const) {
      expect(Math.abs(expectedMaximumSharpe(trials, 1) / exact - 1)).toBeLessThan(0.03);
    }
    expect(expectedMaximumSharpe(1, 1)).toBe(0);
    expect(expectedMaximumSharpe(50, 0)).toBe(0);
  });

  it('falls with every further trial and never exceeds the undeflated one', () => {
    const returns = normals(createRng(6), 400, 0.001, 0.01);
    let before = known(probabilisticSharpe(returns, 0)).value;
    for (const trials of [2, 5, 20, 100, 1000, 100_000]) {
      const here = known(deflatedSharpe(returns, { trials, sharpeVariance: 1 / 400 }).probability).value;
      expect(here).toBeLessThan(before);
      before = here;
    }
  });

  it('of fewer than 60 returns, or of returns that never vary, is said in words and is not significant', () => {
    const few = deflatedSharpe(normals(createRng(1), 59), { trials: 10, sharpeVariance: 0.01 }).probability;
    expect(few).toEqual({ notEnough: { have: 59, need: 60, of: 'daily returns' } });
    expect(isSignificant(few)).toBe(false);
    expect(deflatedSharpe(new Float64Array(100), { trials: 10, sharpeVariance: 0.01 }).probability).toHaveProperty(
      'undefinable',
    );
    expect(() => expectedMaximumSharpe(0, 1)).toThrow('at least one trial');
  });
});

describe('the minimum track record', () => {
  it('is the length at which the same Sharpe ratio reaches the confidence', () => {
    const returns = normals(createRng(2), 500, 0.0006, 0.01);
    const { value } = known(minimumTrackRecord(returns));
    const { mean, deviation, skewness, kurtosis } = momentsOf(returns);
    const sharpe = mean / deviation;
    const confidence = (n: number): number =>
      normalCdf((sharpe * Math.sqrt(n - 1)) / Math.sqrt(1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2));
    expect(confidence(value)).toBeGreaterThanOrEqual(0.95);
    expect(confidence(value - 1)).toBeLessThan(0.95);
  });

  it('is not defined below the benchmark', () => {
    expect(minimumTrackRecord(normals(createRng(2), 100, -0.01, 0.01))).toHaveProperty('undefinable');
  });
});

describe('the probability of over-fitting', () => {
  const noise = (seed: number, trials: number, days: number): Float64Array[] => {
    const rng = createRng(seed);
    return Array.from({ length: trials }, () => Float64Array.from(normals(rng, days)));
  };

  it.each([4, 6, 8])('agrees with a second implementation on small cases of %i blocks', (blocks) => {
    for (let seed = 1; seed <= 4; seed++) {
      const trials = noise(seed, 12, blocks * 6 + 3);
      const mine = known(backtestOverfitting(trials, blocks).probability).value;
      expect(
        Math.abs(
          mine -
            naiveOverfitting(
              trials.map((returns) => [...returns]),
              blocks,
            ),
        ),
      ).toBeLessThan(1e-9);
    }
  });

  it('is near one half on noise', () => {
    const found = Array.from(
      { length: 20 },
      (_, i) => known(backtestOverfitting(noise(50 + i, 40, 240), 8).probability).value,
    );
    const { mean, deviation } = momentsOf(found);
    expect(Math.abs(mean - 0.5)).toBeLessThan((3 * deviation) / Math.sqrt(20));
  });

  it('is near zero when one configuration is truly better, and high when the best of one half is the worst of the other', () => {
    const skilled = noise(1, 20, 320);
    skilled[7] = Float64Array.from(skilled[7] as Float64Array, (value) => value + 0.006);
    const good = backtestOverfitting(skilled);
    expect(known(good.probability).value).toBeLessThan(0.01);
    expect(known(good.medianLogit).value).toBeGreaterThan(1);
    expect(good.divisions).toBe(12_870);
    // Each configuration is lucky in one block and pays for it in all the others.
    const lucky = Array.from({ length: 16 }, (_, trial) =>
      Float64Array.from(
        normals(createRng(trial + 1), 320, 0, 0.001),
        (value, day) => value + (Math.floor(day / 20) === trial ? 0.02 : -0.001),
      ),
    );
    expect(known(backtestOverfitting(lucky).probability).value).toBeGreaterThan(0.9);
  });

  it('treats configurations that never traded as worth nothing, without a NaN', () => {
    const trials = [...noise(1, 10, 100), new Float64Array(100), new Float64Array(100)];
    expect(known(backtestOverfitting(trials, 4).probability).value).toBeGreaterThanOrEqual(0);
    const idle = Array.from({ length: 12 }, () => new Float64Array(100));
    expect(known(backtestOverfitting(idle, 4).probability).value).toBe(1);
  });

  it('needs ten configurations and five days a block', () => {
    expect(backtestOverfitting(noise(1, 9, 320)).probability).toEqual({
      notEnough: { have: 9, need: 10, of: 'configurations' },
    });
    expect(backtestOverfitting(noise(1, 10, 79)).probability).toEqual({
      notEnough: { have: 79, need: 80, of: 'daily returns' },
    });
    expect(() => backtestOverfitting([], 5)).toThrow('even number');
    expect(() => backtestOverfitting([new Float64Array(3), new Float64Array(4)], 4)).toThrow('same days');
  });
});

describe('the registry of trials', () => {
  const trial = (configurationHash: string, dailySharpe: number): Trial => ({
    configurationHash,
    outcome: { kind: 'finished', dailySharpe },
  });

  it('counts every configuration once, failed ones included', () => {
    const registry = createTrialRegistry('data', [trial('a', 0.1)]);
    expect(registry.record(trial('b', 0.3))).toBe('new');
    expect(registry.record(trial('b', 0.3))).toBe('repeated');
    expect(registry.record({ configurationHash: 'c', outcome: { kind: 'failed', cause: 'the strategy threw' } })).toBe(
      'new',
    );
    expect(registry.count().trials).toBe(3);
    expect(registry.count().sharpeVariance).toBeCloseTo(0.02, 12);
    expect(registry.record(trial('c', 0.2))).toBe('repeated');
    expect(registry.count()).toMatchObject({ trials: 3 });
    expect(registry.trials().map(({ configurationHash }) => configurationHash)).toEqual(['a', 'b', 'c']);
  });

  it('survives being stored and read again', () => {
    const registry = createTrialRegistry('data');
    for (let i = 0; i < 50; i++) registry.record(trial(`c${i}`, Math.sin(i)));
    const again = createTrialRegistry('data', JSON.parse(JSON.stringify(registry.trials())) as Trial[]);
    expect(again.count()).toEqual(registry.count());
  });

  it('of nothing counts the one that is being judged', () => {
    expect(createTrialRegistry('data').count()).toEqual({ trials: 1, sharpeVariance: 0 });
  });

  it('refuses the same question with another answer, and an answer that is no number', () => {
    const registry = createTrialRegistry('data', [trial('a', 0.1)]);
    expect(() => registry.record(trial('a', 0.2))).toThrow('configuration a gave 0.1 and now 0.2');
    expect(() => registry.record(trial('d', Number.NaN))).toThrow('not a number');
  });
});
