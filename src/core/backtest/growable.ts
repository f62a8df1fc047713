type Column = Float64Array | Int32Array | Uint8Array | Int8Array;

/** A column twice as long with the same beginning. */
export function doubled<C extends Column>(column: C): C {
  const Kind = column.constructor as new (length: number) => C;
  const larger = new Kind(column.length * 2);
  larger.set(column);
  return larger;
}

/** Rows at the start of a table that grows by doubling. */
export const FIRST_ROWS = 1024;
