import type { ClosedCandle } from '../domain/candle.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';

export type StoredSeries = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly candles: number;
  readonly firstOpen: UnixMs;
  readonly lastOpen: UnixMs;
};

/** Imported candles. `put` replaces nothing silently: a candle that differs from the stored one makes it throw Fault('bad_data'). */
export interface CandleStore {
  put(
    instrumentId: InstrumentId,
    interval: Interval,
    candles: readonly ClosedCandle[],
  ): { readonly added: number; readonly known: number };
  read(instrumentId: InstrumentId, interval: Interval): readonly ClosedCandle[];
  list(): readonly StoredSeries[];
}
