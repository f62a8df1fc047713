import type { ColumnMarket } from './column-family.ts';

/** Columns of the traded series that many runs share, in ticks. */
export type SharedColumns = {
  readonly length: number;
  /** sums[i] = the first i closes added up: any moving sum is one subtraction. Whole numbers, exact. */
  readonly sums: Float64Array;
  readonly highestClose: number;
};

/**
 * The closes at which a strategy may act, worked out ahead from shared columns, and what it does there. A quick way through a search and
 * nothing else: the strategy that is asked at every close decides, and a plan has to do the same to the last record of the journal.
 */
export type ColumnPlan = {
  /** Indexes of candles, rising. */
  readonly candles: Int32Array;
  /** Acts at the close of `candles[step]`. */
  readonly act: (step: number, market: ColumnMarket) => void;
};
