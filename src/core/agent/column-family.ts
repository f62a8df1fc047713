import type { InstrumentId } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { FamilyParameters } from '../domain/strategy.ts';
import type { Rng } from '../kernel/rng.ts';
import type { ColumnPlan, SharedColumns } from './column-plan.ts';

/**
 * Closed candles of one market at the moment of a decision, counted backwards: `close(0)` is the newest one. The candle that is still
 * open has no number here, so that no strategy can look at it; a negative or fractional `ago`, and one before the beginning, throws.
 * Prices are whole ticks: sums of them do not round.
 */
export interface SeriesView {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  /** Closed candles so far. */
  count(): number;
  openTime(ago: number): number;
  closeTime(ago: number): number;
  open(ago: number): number;
  high(ago: number): number;
  low(ago: number): number;
  close(ago: number): number;
  /** In base units: a float, for indicators. */
  volume(ago: number): number;
}

/** An order of a column strategy. Prices in whole ticks, quantity in whole lots. */
export type ColumnOrder = {
  readonly side: 'buy' | 'sell';
  readonly type: 'market' | 'limit' | 'stop' | 'stop_limit' | 'take_profit' | 'trailing_stop';
  readonly lots: number;
  readonly limit?: number;
  readonly trigger?: number;
  readonly trail?: number;
  readonly timeInForce?: 'gtc' | 'ioc' | 'fok';
  readonly postOnly?: boolean;
  /** Where base may be borrowed: fills only what takes the position towards zero. Without margin every sale is one. */
  readonly reduceOnly?: boolean;
  /** One cancels the other among orders of the same positive number. */
  readonly group?: number;
  /** Planned loss per lot in ticks, so that results can be told in R. */
  readonly riskTicks?: number;
};

/** Where a strategy acts. What it sends meets the market from the next candle on. */
export interface ColumnDesk {
  /** Lots of one base unit. */
  readonly unit: number;
  /** Size of a tick in quote, as a float. */
  readonly tick: number;
  /** Lots held; below zero what is borrowed, on margin. */
  held(): number;
  openOrders(): number;
  /** Number of the order, or 0 when it was refused. */
  submit(order: ColumnOrder): number;
  cancel(order: number): void;
  cancelAll(): void;
}

export type ColumnMarket = {
  /** The traded series first. */
  readonly series: readonly [SeriesView, ...SeriesView[]];
  readonly desk: ColumnDesk;
};

/** Called at each close of the traded series, from the first one with enough history on. */
export type ColumnStrategy = (market: ColumnMarket) => void;

/** A strategy family that is played over columns of candles. */
export type ColumnFamily = {
  readonly name: string;
  readonly summary: string;
  readonly notWhen: string;
  readonly defaults: FamilyParameters;
  /** Profiles under which a run is played when none are asked for. */
  readonly profiles: { readonly limits: 'none' | 'default'; readonly costs: 'fee-only' | 'default' };
  /** Throws a ZodError that names the parameter when one is unknown or out of its bounds. */
  parse(parameters: unknown): FamilyParameters;
  /** Closed candles needed before the first decision. */
  warmUp(parameters: FamilyParameters): number;
  /** A fresh strategy: its memory belongs to one run. */
  create(parameters: FamilyParameters, rng: Rng): ColumnStrategy;
  /** The same decisions planned ahead, for searches; undefined where these columns or parameters allow none. */
  plan?(shared: SharedColumns, parameters: FamilyParameters): ColumnPlan | undefined;
};
