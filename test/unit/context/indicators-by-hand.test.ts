import { describe, expect, it } from 'vitest';
import { atr } from '#core/context/indicators/atr.ts';
import { bollingerWidth } from '#core/context/indicators/bollinger.ts';
import { efficiencyRatio } from '#core/context/indicators/efficiency-ratio.ts';
import { macd } from '#core/context/indicators/macd.ts';
import { realisedVolatility } from '#core/context/indicators/realised-volatility.ts';
import { rollingMax, rollingMin } from '#core/context/indicators/rolling-extremes.ts';
import { rsi } from '#core/context/indicators/rsi.ts';
import { sma } from '#core/context/indicators/sma.ts';
import { volumeZScore } from '#core/context/indicators/volume-z-score.ts';
import { createWindowSum } from '#core/context/indicators/window-sum.ts';

const column = (...values: readonly number[]): Float64Array => Float64Array.from(values);
const UNDEFINED = Number.NaN;

describe('efficiency ratio', () => {
  it('is 1 on a straight line, 0 when the price comes back, and the net share in between', () => {
    expect([...efficiencyRatio(column(1, 2, 3, 4), 3)]).toEqual([UNDEFINED, UNDEFINED, UNDEFINED, 1]);
    expect(efficiencyRatio(column(5, 6, 5), 2)[2]).toBe(0);
    expect(efficiencyRatio(column(10, 13, 12, 14), 3)[3]).toBe(4 / 6);
  });

  it('is 0, not undefined, while nothing moves', () => {
    expect(Array.from(efficiencyRatio(column(7, 7, 7, 7), 2).subarray(2))).toEqual([0, 0]);
  });
});

describe('realised volatility', () => {
  it('is the root mean square of the log returns of the window', () => {
    const values = [100, 110, 99, 120];
    const [a, b] = [Math.log(99 / 110), Math.log(120 / 99)];
    expect(realisedVolatility(column(...values), 2)[3]).toBeCloseTo(Math.sqrt((a * a + b * b) / 2), 15);
  });

  it('is exactly zero for a market that stands still after a crash', () => {
    const closes = [100, 90.7, 45.3, ...Array.from({ length: 12 }, () => 44.9)];
    expect(Array.from(realisedVolatility(column(...closes), 5).subarray(8))).toEqual(
      Array.from({ length: 7 }, () => 0),
    );
  });
});

describe('window sum', () => {
  it('adds up the newest values only, without residue of those that have left', () => {
    const sum = createWindowSum(3);
    const fed = [1, 2, 4, 1e300, 8, 16, 32, 64].map((value) => sum.next(value));
    expect(fed).toEqual([UNDEFINED, UNDEFINED, 7, 1e300, 1e300, 1e300, 56, 112]);
  });
});

describe('volume z-score', () => {
  it('compares a candle with the candles before it and not with itself', () => {
    // Before it: 1, 3, 1, 3 with mean 2 and deviation 1.
    expect(volumeZScore(column(1, 3, 1, 3, 9), 4)[4]).toBe(7);
  });

  it('has no score while the volumes before are all equal, zero or not', () => {
    expect(volumeZScore(column(0, 0, 0, 5), 3)[3]).toBeNaN();
    expect(volumeZScore(column(0.1, 0.1, 0.1, 0.1), 3)[3]).toBeNaN();
  });
});

describe('rolling extremes', () => {
  it('equals the plain search of the window, also through a long fall', () => {
    const values = Array.from({ length: 60 }, (_, i) => (i < 30 ? 100 - i : (i * 7919) % 13));
    const plain = (pick: (...window: number[]) => number) =>
      values.map((_, i) => (i < 6 ? UNDEFINED : pick(...values.slice(i - 6, i + 1))));
    expect([...rollingMax(column(...values), 7)]).toEqual(plain(Math.max));
    expect([...rollingMin(column(...values), 7)]).toEqual(plain(Math.min));
  });
});

describe('Bollinger width', () => {
  it('is four deviations as a share of the mean when the bands are two deviations wide', () => {
    expect(bollingerWidth(column(9, 11), 2, 2)[1]).toBeCloseTo(4 / 10, 14);
  });
});

describe('a period out of bounds', () => {
  it('is refused with a RangeError that names the indicator', () => {
    const values = column(1, 2, 3);
    expect(() => sma(values, 0)).toThrow(/sma: period must be an integer of at least 1, not 0/);
    expect(() => rsi(values, 1.5)).toThrow(RangeError);
    expect(() => macd(values, 26, 12, 9)).toThrow(/macd slow/);
    expect(() => atr(values, values, column(1), 2)).toThrow(/columns differ in length/);
  });

  it('may be longer than the column: then all of it is undefined', () => {
    expect([...sma(column(1, 2), 5)]).toEqual([UNDEFINED, UNDEFINED]);
  });
});
