import type { CandleGap, ClosedCandle } from '../domain/candle.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { CandleColumns } from '../market/types.ts';

export type StoredSeries = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly candles: number;
  readonly firstOpen: UnixMs;
  readonly lastOpen: UnixMs;
};

export type CandleValues = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/** A value that was replaced on purpose. The newest value is the candle itself; `before` is what stood there until `recordedAt`. */
export type CandleRevision = {
  readonly openTime: UnixMs;
  /** 1 for the first replacement of this candle. */
  readonly revision: number;
  readonly recordedAt: UnixMs;
  readonly before: CandleValues;
};

export type PutOptions = {
  /** Replaces candles that differ and keeps the old values as revisions of that moment. Without it a difference refuses everything. */
  readonly revise?: { readonly at: UnixMs };
};

/** `added` are new, `known` were stored already with the same values, `revised` replaced other values. */
export type PutResult = { readonly added: number; readonly known: number; readonly revised: number };

/**
 * Imported candles. Each put keeps all of its candles or none, and replaces nothing silently: a candle that differs from the stored one
 * makes it throw Fault('bad_data') unless `revise` is given.
 */
export interface CandleStore {
  /** In any order; a candle may be given twice when both are equal. */
  put(
    instrumentId: InstrumentId,
    interval: Interval,
    candles: readonly ClosedCandle[],
    options?: PutOptions,
  ): PutResult;
  /** Ordered columns; the quick way for many candles. */
  putColumns(instrumentId: InstrumentId, columns: CandleColumns, options?: PutOptions): PutResult;
  read(instrumentId: InstrumentId, interval: Interval): readonly ClosedCandle[];
  /** The candles that open at or after `from` and before `to`; empty columns when there are none. Throws Fault('storage') on damage. */
  readColumns(instrumentId: InstrumentId, interval: Interval, from?: UnixMs, to?: UnixMs): CandleColumns;
  list(): readonly StoredSeries[];
  /** Holes between stored candles, oldest first. */
  gaps(instrumentId: InstrumentId, interval: Interval): readonly CandleGap[];
  /** Replaced values, oldest candle first, then in the order in which they were replaced. */
  revisions(instrumentId: InstrumentId, interval: Interval): readonly CandleRevision[];
}
