import { describe, expect, it } from 'vitest';
import { thinCurve } from '#host/lab/thin-curve.ts';
import * as fc from '../../support/seeded-check.ts';

const curveOf = (values: readonly number[]) => {
  let peak = 0;
  const equity = Float64Array.from(values);
  const drawdown = equity.map((value) => {
    peak = Math.max(peak, value);
    return 1 - value / peak;
  });
  return { time: equity.map((_, i) => i), equity, drawdown, held: equity.map((value) => 2 * value) };
};

describe('a curve with few points', () => {
  it('keeps the deepest drawdown, the end, and the order of time, whatever the curve', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 12, maxLength: 400 }),
        (values) => {
          const whole = curveOf(values);
          const few = thinCurve(whole, 10);
          expect(few.time).toHaveLength(10);
          expect(few.time.at(-1)).toBe(values.length - 1);
          expect(few.equity.at(-1)).toBe(values.at(-1));
          const deepest = Math.max(...whole.drawdown.subarray(0, Math.floor((9 * values.length) / 10)));
          expect(Math.max(...few.drawdown)).toBeGreaterThanOrEqual(deepest);
          for (const [i, time] of few.time.entries()) {
            expect(few.held[i]).toBe(2 * (values[time] ?? Number.NaN));
            if (i > 0) expect(time).toBeGreaterThan(few.time[i - 1] as number);
          }
        },
      ),
    );
  });

  it('copies a short curve as it is, into memory of its own', () => {
    const whole = curveOf([3, 1, 2]);
    const few = thinCurve(whole, 10);
    expect([...few.equity]).toEqual([3, 1, 2]);
    expect(few.equity.buffer).not.toBe(whole.equity.buffer);
  });
});
