import { checkPeriod } from './check-period.ts';
import type { ValueStream } from './stream.ts';
import { createWindowSum } from './window-sum.ts';

/**
 * Efficiency ratio (P. J. Kaufman, "Smarter Trading", 1995): the net distance over `period` changes as a share of the way walked,
 * 0 (all noise) to 1 (a straight line); first defined at index `period`. 0 when nothing moved.
 */
export function efficiencyRatio(values: Float64Array, period: number): Float64Array {
  const stream = createEfficiencyRatio(period);
  return values.map((value) => stream.next(value));
}

export function createEfficiencyRatio(period: number): ValueStream {
  checkPeriod('efficiencyRatio', period, 1);
  const ring = new Float64Array(period);
  const walked = createWindowSum(period);
  let seen = 0;
  let previous = 0;
  return {
    next(value) {
      const slot = seen % period;
      const oldest = ring[slot] as number;
      ring[slot] = value;
      const way = seen === 0 ? Number.NaN : walked.next(Math.abs(value - previous));
      previous = value;
      seen++;
      if (seen <= period) return Number.NaN;
      // The net distance cannot exceed the way walked except by rounding.
      return way === 0 ? 0 : Math.min(1, Math.abs(value - oldest) / way);
    },
  };
}
