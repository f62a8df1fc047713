import { checkPeriod } from './check-period.ts';
import type { ValueStream } from './stream.ts';
import { createWindowSum } from './window-sum.ts';

/**
 * Realised volatility per candle: root mean square of the newest `period` log returns, mean taken as zero (the usual realised
 * variance estimator; Andersen and Bollerslev, 1998); first defined at index `period`. Prices must be positive.
 */
export function realisedVolatility(values: Float64Array, period: number): Float64Array {
  const stream = createRealisedVolatility(period);
  return values.map((value) => stream.next(value));
}

export function createRealisedVolatility(period: number): ValueStream {
  checkPeriod('realisedVolatility', period, 1);
  const squares = createWindowSum(period);
  let previous = Number.NaN;
  return {
    next(value) {
      const first = Number.isNaN(previous);
      const change = Math.log(value / previous);
      previous = value;
      return first ? Number.NaN : Math.sqrt(squares.next(change * change) / period);
    },
  };
}
