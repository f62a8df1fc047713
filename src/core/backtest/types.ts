import type { Hash, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Interval } from '../domain/interval.ts';
import type { FamilyParameters } from '../domain/strategy.ts';
import type { FaultCode } from '../kernel/fault.ts';
import type { CandleColumns } from '../market/types.ts';
import type { RiskEnvelope } from '../spawner/types.ts';

/** One market and interval. The finest series of an instrument is the one that orders meet. */
export type BacktestSeries = { readonly instrumentId: InstrumentId; readonly columns: CandleColumns };

/**
 * `none`: any quantity at any moment, no lot, tick, minimum, buying power or share of the volume: a plain yardstick, not a way to
 * trade. `default`: the instrument's rules, no buying on credit, and at most a share of each candle's volume.
 */
export type LimitsProfile = 'none' | 'default';

/** `fee-only`: the exact fee and nothing else. `default`: fee rounded up as venues do, half a spread, and impact by volume share. */
export type CostProfile = 'fee-only' | 'default';

export type Profiles = { readonly limits: LimitsProfile; readonly costs: CostProfile };

/** What the run took for granted because nobody said otherwise. Decimal text. */
export type Assumed = { readonly tickSize: string; readonly lotSize: string };

/**
 * Mark-to-market curve of the whole account, one point for each candle of the traded series: the equity at its close. Floats: for curves
 * and ratios, never for money.
 */
export type EquityColumns = {
  /** Open time of each candle; it closes, and the point is known, `intervalMs` later. Shared with the data, not copied. */
  readonly openTime: Float64Array;
  readonly intervalMs: number;
  /** Cash plus holdings at the close, in quote. */
  readonly equity: Float64Array;
};

/** Where the protection of a trade last was, in quote, and what ended it. Floats for charts. */
export type TradeLevels = {
  readonly stop?: number;
  readonly target?: number;
  readonly left: 'stop' | 'target' | 'exit';
};

/** Round trips from flat to flat, in order of their exits; all columns have length `count`. */
export type TradeColumns = {
  readonly count: number;
  /** Open times of the candles in which the first and the last fill happened. */
  readonly entryTime: Float64Array;
  readonly exitTime: Float64Array;
  /** Their indexes in the traded series. */
  readonly entryCandle: Int32Array;
  readonly exitCandle: Int32Array;
  /** Average prices and largest quantity held, as floats for charts. */
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  readonly quantity: Float64Array;
  /** Net of all fees and interest, in quote, computed exactly and then turned into a float. */
  readonly pnl: Float64Array;
  readonly fees: Float64Array;
  /** Interest on what was borrowed, in quote; only where base may be borrowed. */
  readonly carry?: Float64Array;
  /** Planned loss to the protective stop in quote; NaN for a trade that had no stop. R = pnl / risk. */
  readonly risk: Float64Array;
  /** 1 for long, -1 for short; only where base may be borrowed. */
  readonly direction?: Int8Array;
  /** One for each trade; only where agents trade, because families of columns tell nobody what an order is for. */
  readonly levels?: readonly TradeLevels[];
  /** Place of its market in the run, for each trade; only where there are several. */
  readonly market?: readonly number[];
};

/** Every execution in order; all columns have length `count`. */
export type FillColumns = {
  readonly count: number;
  /** Open time of the candle in which it happened. */
  readonly time: Float64Array;
  readonly candle: Int32Array;
  readonly order: Int32Array;
  /** 1 buys, -1 sells. */
  readonly side: Int8Array;
  /** 1 for a taker, 0 for a maker. */
  readonly taker: Uint8Array;
  /** Whole ticks and lots: exact. `fillAmounts` turns them into text. */
  readonly priceTicks: Float64Array;
  readonly lots: Float64Array;
  /** Exact decimal text in quote. */
  readonly fee: readonly string[];
};

/** What happened, in order, as codes of `JOURNAL_KINDS`; all columns have length `count`. */
export type JournalColumns = {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly time: Float64Array;
  readonly candle: Int32Array;
  readonly order: Int32Array;
  /** Price in ticks (0 when there is none) and quantity in lots. */
  readonly ticks: Float64Array;
  readonly lots: Float64Array;
};

export const JOURNAL_KINDS = ['submitted', 'filled', 'canceled', 'refused', 'triggered', 'ratcheted'] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** Exact decimal text in quote. What trading cost against the untouched market price. */
export type BacktestCosts = {
  readonly fees: string;
  /** Half spreads paid by takers, tick rounding included. */
  readonly spread: string;
  /** Own weight in the market. */
  readonly impact: string;
  /** On what was borrowed; only on margin. */
  readonly interest?: string;
};

export type BacktestGaps = { readonly count: number; readonly missing: number };

/** A run that came to its end. Plain data: it can be posted between threads and stored. */
export type BacktestResult = {
  readonly status: 'completed';
  readonly strategy: string;
  readonly params: FamilyParameters;
  readonly seed: number;
  readonly profiles: Profiles;
  /** Undefined when an instrument was given and its own rules held. */
  readonly assumed?: Assumed;
  /** Smallest price and quantity steps that the run counted in. Decimal text. */
  readonly tickSize: string;
  readonly lotSize: string;
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly from: UnixMs;
  readonly to: UnixMs;
  /** Closed candles of the traded series that were played. */
  readonly candles: number;
  /** Candles before the first decision. */
  readonly warmUp: number;
  readonly gaps: BacktestGaps;
  readonly startingCash: string;
  /** Cash plus holdings at the last close, exact. */
  readonly finalEquity: string;
  readonly finalCash: string;
  /** What is still held at the end, in base; below zero when it is borrowed. */
  readonly openPosition: string;
  readonly costs: BacktestCosts;
  readonly trades: TradeColumns;
  readonly fills: FillColumns;
  readonly equity: EquityColumns;
  readonly journal: JournalColumns;
  /** Share of the candles at whose close something was held, 0 to 1. */
  readonly exposure: number;
  /** Notional of all fills, exact, in quote. */
  readonly turnover: string;
  /** Over data, code version, strategy, parameters, profiles, costs, instrument, cash and seed: equal hash, equal result. */
  readonly runHash: Hash;
};

/** A run that did not: the strategy threw or used up its budget. There is no partial result. */
export type BacktestFailure = {
  readonly status: 'failed';
  readonly strategy: string;
  readonly params: FamilyParameters;
  readonly profiles: Profiles;
  readonly cause: { readonly code: FaultCode | 'strategy'; readonly message: string; readonly remedy: string };
  /** Close time of the candle at which it failed; undefined when it failed before the first. */
  readonly at?: UnixMs;
  readonly runHash: Hash;
};

export type BacktestOutcome = BacktestResult | BacktestFailure;

export type BacktestOptions = {
  /** The first one is traded; the others are looked at. All of one moment become visible together, each only after its close. */
  readonly series: readonly BacktestSeries[];
  /**
   * Finer candles of the traded market: they decide what the high and low of a coarser one leave open. Where they have holes the coarse
   * candle decides, adverse first. Families of columns only.
   */
  readonly detail?: CandleColumns;
  /** Rules of the traded market; without it the tick is the finest price step of the data and the lot 1e-8, reported as assumed. */
  readonly instrument?: Instrument;
  readonly strategy: string;
  /** Missing ones take the family's defaults; unknown ones and those out of bounds throw Fault('usage'). */
  readonly params?: FamilyParameters;
  /** Only candles that open at or after `from` and close at or before `to` are played. */
  readonly from?: UnixMs;
  readonly to?: UnixMs;
  /** Plain decimal text. */
  readonly feeBps: string;
  readonly cash: string;
  readonly seed?: number;
  /** The family's own profiles when absent. */
  readonly profiles?: Partial<Profiles>;
  /** Limits of the agents that are tighter than the policy; families of agents only. */
  readonly envelope?: Partial<RiskEnvelope>;
};
