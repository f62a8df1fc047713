import type { MarketSource } from '#shared/market-source.ts';
import type { CandleGap, CandleSeries } from '../domain/candle.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { Hash, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';

/** Raw view of one instrument at one moment: closed candles only, nothing later than `asOf`. Stage 1's output. */
export type MarketSnapshot = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly asOf: UnixMs;
  readonly source: MarketSource['kind'];
  readonly series: CandleSeries;
  readonly gaps: readonly CandleGap[];
  /** asOf minus the close time of the newest candle. */
  readonly dataAgeMs: number;
  /** Over instrument, interval, asOf and every candle seen; independent of anything after asOf. */
  readonly hash: Hash;
};

/**
 * Closed candles as a struct of arrays, oldest first, all columns equally long: what a million candles are read, stored and searched
 * as. `openTime` in milliseconds UTC, strictly rising, whole intervals. Floats, as in `ClosedCandle`; exact prices come from `toTicks`.
 */
export type CandleColumns = {
  readonly interval: Interval;
  readonly length: number;
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};

/** The same prices as whole numbers of `tick`, below 2^53 and therefore exact in a float: sums of them do not round. */
export type TickColumns = {
  readonly interval: Interval;
  readonly length: number;
  readonly tick: Decimal;
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
};
