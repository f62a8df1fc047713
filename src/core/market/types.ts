import type { MarketSource } from '#shared/market-source.ts';
import type { CandleGap, CandleSeries } from '../domain/candle.ts';
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
