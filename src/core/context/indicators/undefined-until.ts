/**
 * A new column that is NaN before index `first` (all of it when it is shorter). The rest is left for the caller to write: filling
 * it twice costs as much as a moving average does.
 */
export function undefinedUntil(length: number, first: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN, 0, first);
}
