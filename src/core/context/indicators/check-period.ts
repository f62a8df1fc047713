/** A period outside its bounds is a bug of the caller, never bad input of the master: throws RangeError. */
export function checkPeriod(name: string, period: number, least: number): void {
  if (!Number.isInteger(period) || period < least)
    throw new RangeError(`${name}: period must be an integer of at least ${least}, not ${period}`);
}

/** Columns that describe the same candles must be equally long; throws RangeError otherwise. */
export function checkLengths(name: string, ...columns: readonly Float64Array[]): void {
  const length = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== length)) throw new RangeError(`${name}: columns differ in length`);
}
