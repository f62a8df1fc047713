import type { Brand } from '#shared/brand.ts';
import type { UnixMs } from './ids.ts';
import type { Interval } from './interval.ts';

/**
 * One candle whose interval has ended. Only the market stage makes it; an open candle has no type, so that no strategy can see one.
 * Prices and volume are floats for indicators; the venue turns a price into money with `quantizeFloat` on the instrument's tick.
 */
export type ClosedCandle = Brand<
  {
    readonly openTime: UnixMs;
    /** Exclusive end of the interval: the moment from which the candle may be known. */
    readonly closeTime: UnixMs;
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly close: number;
    readonly volume: number;
  },
  'ClosedCandle'
>;

/** Consecutive closed candles of one instrument and interval, oldest first. */
export type CandleSeries = { readonly interval: Interval; readonly candles: readonly ClosedCandle[] };

/** A hole in the record: `missing` whole intervals between two neighbours. Times are the open times of the candles around it. */
export type CandleGap = { readonly after: UnixMs; readonly before: UnixMs; readonly missing: number };
