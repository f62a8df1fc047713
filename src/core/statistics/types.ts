/**
 * What a back-test hands over to be judged. Plain data: prices and amounts are floats here because statistics are; the exact amounts
 * stay in the ledger of the run.
 */
export type EquityRecord = {
  /** Equity before the first candle, in the valuation currency; positive. */
  readonly startEquity: number;
  /** Opening time of the first candle, UTC ms: when `startEquity` was true. */
  readonly startTime: number;
  /** When each candle closed, UTC ms, strictly rising: when the mark beside it was true. */
  readonly times: Float64Array;
  /** Equity marked to market at each close: cash plus the position at the close's price, costs already taken. */
  readonly equity: Float64Array;
  /** Length of a candle. */
  readonly intervalMs: number;
};

/** One position from its entry to its exit. */
export type TradeRecord = {
  /** UTC ms of the entry fill. */
  readonly entryTime: number;
  readonly exitTime: number;
  readonly direction?: 'long' | 'short';
  /** Amount of the base asset; positive for both directions. */
  readonly quantity: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** All fees of the position, in the valuation currency. */
  readonly fees: number;
  /** Spread, impact and slippage paid against the mid price, in the valuation currency; left out when not simulated. */
  readonly slippage?: number;
  /** Interest or funding paid (negative: received). */
  readonly carry?: number;
  /** Result after every cost, in the valuation currency. */
  readonly netPnl: number;
  /** What the protective stop put at stake at entry, in the valuation currency; positive. Left out when there was none. */
  readonly riskTaken?: number;
};

/** The market over the same candles as the equity: what benchmarks trade on. */
export type MarketRecord = { readonly open: Float64Array; readonly close: Float64Array };

export const DAY_MS = 86_400_000;
/** Markets that never close: a year has 365 trading days (366 in a leap year is below the noise of any figure here). */
export const DAYS_PER_YEAR = 365;
