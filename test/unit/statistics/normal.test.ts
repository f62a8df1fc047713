import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile, studentPoint95, Z_95 } from '#core/statistics/normal.ts';

/** Reference values: mpmath (50 digits) for the tails, the C library's erfc for the middle. */
const CDF = [
  [-37, 5.7255712225245764e-300],
  [-20, 2.7536241186062337e-89],
  [-10, 7.619853024160525e-24],
  [-8, 6.220960574271784e-16],
  [-6, 9.865876450377012e-10],
  [-5, 2.866515718791946e-7],
  [-4.0001, 3.165786148681346e-5],
  [-4, 3.1671241833119965e-5],
  [-3.9999, 3.1684627532635566e-5],
  [-3, 0.0013498980316300957],
  [-2.5, 0.006209665325776139],
  [-1, 0.15865525393145707],
  [-0.5, 0.3085375387259869],
  [-1e-9, 0.49999999960105773],
  [0, 0.5],
  [0.3, 0.6179114221889526],
  [1, 0.8413447460685429],
  [3, 0.9986501019683699],
  [4.5, 0.9999966023268753],
  [8, 0.9999999999999993],
] as const;

const QUANTILE = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.27345356096532],
  [1e-16, -8.222082216130435],
  [1e-10, -6.361340902404056],
  [1e-5, -4.2648907939228256],
  [0.001, -3.090232306167813],
  [0.025, -1.9599639845400538],
  [0.1, -1.2815515655446008],
  [0.3, -0.5244005127080407],
  [0.4999999, -2.506628274703107e-7],
  [0.6, 0.2533471031357998],
  [0.9, 1.2815515655446008],
  [0.975, 1.9599639845400536],
  [0.999, 3.090232306167813],
  [0.999999999, 5.997807019601638],
] as const;

describe('the normal distribution function', () => {
  it.each(CDF)('at %f is exact to 1e-15, and to eleven digits in the lower tail', (x, reference) => {
    expect(Math.abs(normalCdf(x) - reference)).toBeLessThan(1e-15);
    expect(Math.abs(normalCdf(x) / reference - 1)).toBeLessThan(1e-11);
  });

  it('rises everywhere and is symmetric', () => {
    let before = 0;
    for (let x = -12; x <= 12; x += 0.01) {
      const here = normalCdf(x);
      expect(here).toBeGreaterThanOrEqual(before);
      expect(Math.abs(here + normalCdf(-x) - 1)).toBeLessThan(2e-15);
      before = here;
    }
  });

  it('ends at 0 and 1 and refuses what is not a number', () => {
    expect([
      normalCdf(Number.NEGATIVE_INFINITY),
      normalCdf(-50),
      normalCdf(50),
      normalCdf(Number.POSITIVE_INFINITY),
    ]).toEqual([0, 0, 1, 1]);
    expect(() => normalCdf(Number.NaN)).toThrow('not a number');
  });
});

describe('the normal quantile', () => {
  it.each(QUANTILE)('at %f agrees with the reference to 1e-12', (p, reference) => {
    expect(Math.abs(normalQuantile(p) - reference)).toBeLessThan(1e-12 * Math.max(1, Math.abs(reference)));
  });

  it('undoes the distribution function', () => {
    for (let x = -8; x <= 5; x += 0.137) expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(1e-9);
  });

  it('refuses probabilities whose quantile would be infinite', () => {
    for (const p of [0, 1, -0.1, 1.1, Number.NaN]) expect(() => normalQuantile(p)).toThrow('strictly between 0 and 1');
  });
});

describe("Student's 97.5 % point", () => {
  /** Reference: scipy.stats.t.ppf(0.975, freedom). */
  it.each([
    [8, 2.306004135204166],
    [9, 2.262157162798205],
    [10, 2.228138851986274],
    [15, 2.131449545559776],
    [30, 2.0422724563012378],
    [100, 1.9839715185235518],
    [1000, 1.9623390808264083],
  ])('with %i degrees of freedom is within 1e-4', (freedom, reference) => {
    expect(Math.abs(studentPoint95(freedom) - reference)).toBeLessThan(1e-4);
  });

  it('comes down to the normal point and refuses very few degrees', () => {
    expect(studentPoint95(1e9)).toBeCloseTo(Z_95, 8);
    expect(Z_95).toBeCloseTo(normalQuantile(0.975), 14);
    expect(() => studentPoint95(7)).toThrow('too few degrees');
  });
});
