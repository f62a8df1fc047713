/** Candles as columns, as every strategy under test is given them. */
export type CandleColumns = {
  /** UTC ms. */
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};

const NAMES = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

/** The candles `from`..`to` (exclusive) as copies, so that a run which writes into its input spoils nobody else's. */
export const sliceColumns = (columns: CandleColumns, from: number, to: number): CandleColumns =>
  Object.fromEntries(NAMES.map((name) => [name, columns[name].slice(from, to)])) as CandleColumns;

/**
 * What is known at the moment when candle `at` opens: the candles before it and its opening price. Its high, low and close are the
 * opening price and its volume 0, because nothing else of it has happened.
 */
export function knownAtOpen(columns: CandleColumns, at: number): CandleColumns {
  const known = sliceColumns(columns, 0, at + 1);
  const price = known.open[at] as number;
  for (const name of ['high', 'low', 'close'] as const) known[name][at] = price;
  known.volume[at] = 0;
  return known;
}
