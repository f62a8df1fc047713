import { describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { drawdownsOf } from '#core/statistics/drawdown.ts';
import { momentsOf } from '#core/statistics/moments.ts';
import {
  calmarRatio,
  downsideDeviation,
  ENOUGH_DAYS,
  meanDailyReturn,
  sharpeRatio,
  sortinoRatio,
  volatility,
  yearlyGrowth,
} from '#core/statistics/return-metrics.ts';
import { tailRisk } from '#core/statistics/tail-risk.ts';
import { HOUR, known, normals, recordOf } from '#test/support/equity-records.ts';
import { naiveDeepest, naiveLongest, naiveSharpe } from './naive.ts';

const sample = normals(createRng(5), 200, 0.001, 0.02);

describe('moments', () => {
  it('agree with the reference of another library', () => {
    // scipy: skew(a), kurtosis(a, fisher=False), numpy.std(a, ddof=1).
    const { skewness, kurtosis, deviation } = momentsOf([
      0.01, -0.02, 0.03, 0.005, -0.007, 0.011, 0, 0.02, -0.03, 0.004,
    ]);
    expect(skewness).toBeCloseTo(-0.36560428676649714, 12);
    expect(kurtosis).toBeCloseTo(2.4966534778079326, 12);
    expect(deviation).toBeCloseTo(0.017820400294793228, 14);
  });

  it('call a sample constant when only rounding is left of its deviation', () => {
    expect(momentsOf(Array.from({ length: 50 }, (_, i) => 0.1 + (i % 2) * 1e-17)).constant).toBe(true);
    expect(momentsOf([0, 0, 0]).constant).toBe(true);
    expect(momentsOf([1e-300, 2e-300, 3e-300])).toMatchObject({ skewness: 0, kurtosis: 3 });
    expect(momentsOf([0.1, 0.1 + 1e-9]).constant).toBe(false);
  });
});

describe('the Sharpe ratio', () => {
  it('agrees with a second implementation, annualised with 365 days', () => {
    expect(Math.abs(known(sharpeRatio(sample)).value - naiveSharpe(sample) * Math.sqrt(365))).toBeLessThan(1e-9);
  });

  it('divides by n - 1 (Bessel)', () => {
    const returns = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 0.02 : -0.01));
    // Mean 0.005; every value is 0.015 from it, so the deviation is 0.015 sqrt(30/29).
    expect(known(sharpeRatio(returns)).value).toBeCloseTo((0.005 / (0.015 * Math.sqrt(30 / 29))) * Math.sqrt(365), 12);
  });

  it('has no value when the equity never changed, and none for a steady one', () => {
    expect(sharpeRatio(new Float64Array(100))).toEqual({ undefinable: 'the equity never changed from day to day' });
    expect(sharpeRatio(new Float64Array(100).fill(0.001))).toHaveProperty('undefinable');
  });

  it('is not given for fewer days than enough, and given from there on', () => {
    expect(sharpeRatio(sample.slice(0, ENOUGH_DAYS - 1))).toEqual({
      notEnough: { have: 29, need: 30, of: 'daily returns' },
    });
    expect(sharpeRatio(sample.slice(0, ENOUGH_DAYS))).toMatchObject({ n: 30 });
  });

  it('carries an interval that covers the truth in about 95 of 100 samples', () => {
    const rng = createRng(11);
    const truth = 0.1 * Math.sqrt(365);
    let covered = 0;
    for (let i = 0; i < 1000; i++) {
      const { interval } = known(sharpeRatio(normals(rng, 120, 0.001, 0.01)));
      if (interval.low <= truth && truth <= interval.high) covered++;
    }
    expect(covered).toBeGreaterThan(930);
    expect(covered).toBeLessThan(970);
  });
});

describe('yearly figures', () => {
  it('growth compounds: 0.1 % a day is 44 % a year', () => {
    expect(known(yearlyGrowth(new Float64Array(365).fill(0.001))).value).toBeCloseTo(1.001 ** 365 - 1, 12);
    expect(known(yearlyGrowth(new Float64Array(730).fill(0.001))).value).toBeCloseTo(1.001 ** 365 - 1, 12);
  });

  it('growth is not made of less than 90 days', () => {
    expect(yearlyGrowth(new Float64Array(89).fill(0.001))).toHaveProperty('notEnough');
    expect(yearlyGrowth(new Float64Array(200).fill(0.001), true)).toEqual({ undefinable: 'the equity fell to zero' });
  });

  it('growth that no float can hold is said in words', () => {
    expect(yearlyGrowth(new Float64Array(90).fill(1e5))).toEqual({
      undefinable: 'the number is too large to be written',
    });
  });

  it('volatility is the daily deviation times the root of 365', () => {
    expect(known(volatility(sample)).value).toBeCloseTo(momentsOf(sample).deviation * Math.sqrt(365), 12);
  });

  it('Sortino counts only falls, over all days', () => {
    const returns = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? -0.02 : 0.01));
    const down = Math.sqrt((10 * 0.02 ** 2) / 40);
    expect(downsideDeviation(returns)).toBeCloseTo(down, 14);
    expect(known(sortinoRatio(returns)).value).toBeCloseTo((0.0025 / down) * Math.sqrt(365), 10);
    expect(sortinoRatio(new Float64Array(40).fill(0.01))).toEqual({
      notEnough: { have: 0, need: 5, of: 'losing days' },
    });
  });

  it.each([
    ['mean daily return', meanDailyReturn, 0.001],
    ['volatility', volatility, 0.02 * Math.sqrt(365)],
    ['Sortino', sortinoRatio, undefined],
    ['yearly growth', yearlyGrowth, Math.exp(365 * (0.001 - 0.0002)) - 1],
  ] as const)('the interval of %s covers the truth in about 95 of 100 samples', (_, figure, given) => {
    const rng = createRng(12);
    // Downside deviation of N(m, s) about zero: by a very long sample.
    const truth = given ?? known(sortinoRatio(normals(createRng(1), 400_000, 0.001, 0.02))).value;
    let covered = 0;
    for (let i = 0; i < 1000; i++) {
      const { interval } = known(figure(normals(rng, 200, 0.001, 0.02)));
      if (interval.low <= truth && truth <= interval.high) covered++;
    }
    expect(covered).toBeGreaterThan(925);
    expect(covered).toBeLessThan(972);
  });

  it('Calmar is growth over the deepest drawdown and lacks what growth lacks', () => {
    const growth = yearlyGrowth(new Float64Array(365).fill(0.001));
    expect(known(calmarRatio(growth, 0.2)).value).toBeCloseTo((1.001 ** 365 - 1) / 0.2, 12);
    expect(calmarRatio(growth, 0)).toHaveProperty('undefinable');
    expect(calmarRatio(yearlyGrowth([]), 0.2)).toEqual({ notEnough: { have: 0, need: 90, of: 'daily returns' } });
  });
});

describe('drawdowns', () => {
  it('agree with a second implementation that compares all pairs', () => {
    const record = recordOf(normals(createRng(9), 300, 0, 0.03), HOUR);
    const marks = [record.startEquity, ...record.equity];
    const times = [record.startTime, ...record.times];
    const curve = drawdownsOf(record);
    expect(Math.abs((curve.deepest?.depth ?? 0) - naiveDeepest(marks))).toBeLessThan(1e-9);
    expect(curve.longest?.durationMs).toBe(naiveLongest(marks, times));
    expect(Math.max(...curve.depth)).toBe(curve.deepest?.depth);
  });

  it('are marked to market: a fall inside one position counts though the trade was won', () => {
    const curve = drawdownsOf(recordOf([0.1, -0.5, 0.3, 0.8], HOUR));
    expect(curve.deepest?.depth).toBeCloseTo(0.5, 12);
    expect(curve.deepest).toMatchObject({ durationMs: 3 * HOUR });
    expect(curve.deepest?.recoveryTime).toBeDefined();
  });

  it('that has not recovered has no recovery and lasts to the end', () => {
    const curve = drawdownsOf(recordOf([0.1, -0.2, 0.05, 0.01], HOUR));
    expect(curve.drawdowns).toHaveLength(1);
    expect(curve.deepest?.recoveryTime).toBeUndefined();
    expect(curve.deepest?.durationMs).toBe(3 * HOUR);
    expect(curve.timeUnderWater).toBeCloseTo(3 / 4, 12);
  });

  it('of an equity that only rises are none', () => {
    expect(drawdownsOf(recordOf([0.01, 0, 0.02]))).toMatchObject({ drawdowns: [], timeUnderWater: 0 });
    expect(drawdownsOf(recordOf([])).deepest).toBeUndefined();
  });
});

describe('tail risk', () => {
  it('is the k-th worst day and the mean of the k worst', () => {
    // Losses of 1 %..200 % of a hundredth: the ten worst of 200 at 95 %.
    const returns = Array.from({ length: 200 }, (_, i) => -((i * 37) % 200) / 10_000);
    const { valueAtRisk, expectedShortfall } = tailRisk(returns, 0.95);
    expect(known(valueAtRisk).value).toBeCloseTo(0.019, 12);
    expect(known(expectedShortfall).value).toBeCloseTo(0.01945, 12);
    expect(known(valueAtRisk).interval.low).toBeLessThan(0.019);
    expect(known(valueAtRisk).interval.high).toBeGreaterThan(0.019);
  });

  it('needs 100 days at 95 % and 500 at 99 %', () => {
    expect(tailRisk(sample.slice(0, 99)).valueAtRisk).toEqual({
      notEnough: { have: 99, need: 100, of: 'daily returns' },
    });
    expect(tailRisk(sample.slice(0, 100)).valueAtRisk).toMatchObject({ n: 100 });
    expect(tailRisk(sample, 0.99).expectedShortfall).toEqual({
      notEnough: { have: 200, need: 500, of: 'daily returns' },
    });
  });

  it('covers the true quantile in about 95 of 100 samples', () => {
    const rng = createRng(3);
    let covered = 0;
    for (let i = 0; i < 600; i++) {
      const { interval } = known(tailRisk(normals(rng, 400, 0, 1), 0.95).valueAtRisk);
      if (interval.low <= 1.6448536 && 1.6448536 <= interval.high) covered++;
    }
    expect(covered / 600).toBeGreaterThan(0.92);
  });
});
