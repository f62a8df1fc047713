import type { InstrumentId } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Interval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { CandleStore } from '#core/ports/candle-store.ts';

/** `BTC/USDT` of `BTC/USDT.BINANCE`. */
export const symbolOfSeries = (id: InstrumentId): string => id.replace(/\.[^.]*$/, '');
/** `BINANCE`, which is where the candles came from; `SIM` for those of a file. */
export const venueOfSeries = (id: InstrumentId): string => id.slice(id.lastIndexOf('.') + 1);

/**
 * Which stored series a symbol means: the one that was imported under it, else the one that was fetched from a venue. Candles of two venues
 * are never mixed: throws Fault('usage') when several have it and none was imported.
 */
export function storedSeriesId(store: CandleStore, instrument: Instrument, interval: Interval): InstrumentId {
  const series = store
    .list()
    .filter((one) => one.interval === interval && symbolOfSeries(one.instrumentId) === instrument.symbol);
  if (series.some(({ instrumentId }) => instrumentId === instrument.id)) return instrument.id;
  if (series.length < 2) return series[0]?.instrumentId ?? instrument.id;
  const venues = series.map(({ instrumentId }) => venueOfSeries(instrumentId).toLowerCase()).join(' and ');
  throw new Fault(
    'usage',
    `${interval} candles of ${instrument.symbol} were fetched from ${venues}`,
    'keep one series in this data folder, or import the wanted candles from a file',
  );
}
