/**
 * The column that an indicator writes: NaN before index `first` (all of it when it is shorter), the rest for the caller to write, since
 * filling it twice costs as much as a moving average does. `into` is used when it is given: a column that was in use before costs
 * nothing, while the pages of a new one cost an average over a million candles twice its time. Throws RangeError when its length differs.
 */
export function undefinedUntil(length: number, first: number, into?: Float64Array): Float64Array {
  if (into !== undefined && into.length !== length)
    throw new RangeError(`a column of ${length} values does not go into one of ${into.length}`);
  return (into ?? new Float64Array(length)).fill(Number.NaN, 0, first);
}
