type Column = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Int8Array<ArrayBuffer>;

/**
 * The same rows in a column of another length; the old column is empty afterwards. Its memory moves instead of being copied and left
 * behind: what is left behind makes the collector run in the middle of the event loop.
 */
function withLength<C extends Column>(column: C, rows: number): C {
  const Kind = column.constructor as new (buffer: ArrayBuffer) => C;
  return new Kind(column.buffer.transfer(rows * column.BYTES_PER_ELEMENT));
}

/** A column twice as long with the same beginning, in place of the old one. */
export const doubled = <C extends Column>(column: C): C => withLength(column, column.length * 2);

/** The first `rows` rows, in place of the old column; the rest is given back. */
export const trimmed = <C extends Column>(column: C, rows: number): C => withLength(column, rows);

/** Rows at the start of a table that grows by doubling. */
export const FIRST_ROWS = 1024;
