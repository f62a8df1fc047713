import type { SeriesView } from '../column-family.ts';

/** Which of two simple averages is the larger, exactly: 1 the fast one, -1 the slow one, 0 equal. */
export type CrossWindow = {
  /** From the newest candles, which must be at least `slow`. */
  begin(view: SeriesView): number;
  /** One candle later. */
  next(view: SeriesView): number;
};

/** Above it a float no longer holds every whole number. */
const EXACT_BELOW = 2 ** 53;
const FAST = 0;
const SLOW = 1;
/**
 * Rolling sums of whole ticks. Below 2^53 they are exact in floats; the averages are compared by cross-multiplying, slow x sumFast with
 * fast x sumSlow, in floats when those decide and in bigint when they round to the same. Sums that leave 2^53 are kept in bigint.
 */
export function createWindow(fast: number, slow: number): CrossWindow {
  // In a typed array: a variable of a closure would allocate a number object for each new sum.
  const sums = new Float64Array(2);
  let large: { fast: bigint; slow: bigint } | undefined;

  const beginLarge = (view: SeriesView): number => {
    large = { fast: 0n, slow: 0n };
    for (let ago = 0; ago < slow; ago++) {
      const close = BigInt(view.close(ago));
      large.slow += close;
      if (ago < fast) large.fast += close;
    }
    return signOf(large.fast, large.slow);
  };

  const signOf = (ofFast: bigint, ofSlow: bigint): number => {
    const [left, right] = [BigInt(slow) * ofFast, BigInt(fast) * ofSlow];
    return left > right ? 1 : left < right ? -1 : 0;
  };

  const compareSums = (sumFast: number, sumSlow: number): number => {
    const left = slow * sumFast;
    const right = fast * sumSlow;
    // Rounding keeps the order: what differs after it differed before. Only equal products may hide a difference.
    if (left !== right) return left > right ? 1 : -1;
    if (left < EXACT_BELOW) return 0;
    return signOf(BigInt(sumFast), BigInt(sumSlow));
  };

  return {
    begin(view) {
      let sumFast = 0;
      let sumSlow = 0;
      for (let ago = 0; ago < slow; ago++) {
        const close = view.close(ago);
        sumSlow += close;
        if (ago < fast) sumFast += close;
        if (sumSlow >= EXACT_BELOW) return beginLarge(view);
      }
      sums[FAST] = sumFast;
      sums[SLOW] = sumSlow;
      return compareSums(sumFast, sumSlow);
    },
    next(view) {
      const newest = view.close(0);
      if (large === undefined) {
        const sumFast = (sums[FAST] as number) - view.close(fast) + newest;
        // Dropped first, so that no sum in between is larger than the sums themselves.
        const sumSlow = (sums[SLOW] as number) - view.close(slow) + newest;
        if (sumSlow >= EXACT_BELOW) return beginLarge(view);
        sums[FAST] = sumFast;
        sums[SLOW] = sumSlow;
        return compareSums(sumFast, sumSlow);
      }
      large.fast += BigInt(newest) - BigInt(view.close(fast));
      large.slow += BigInt(newest) - BigInt(view.close(slow));
      return signOf(large.fast, large.slow);
    },
  };
}
