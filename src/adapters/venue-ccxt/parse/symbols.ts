import type { InstrumentId } from '#core/domain/ids.ts';

/** `BINANCE`: how instruments name the venue. */
export const venueCode = (exchangeId: string): string => exchangeId.toUpperCase();

/** `BTC/USDT.BINANCE` of ccxt's `BTC/USDT`. */
export const instrumentIdOf = (symbol: string, exchangeId: string): InstrumentId =>
  `${symbol}.${venueCode(exchangeId)}` as InstrumentId;

/** ccxt's symbol of an instrument of this venue; undefined for an instrument of another one. */
export function symbolOf(instrumentId: InstrumentId, exchangeId: string): string | undefined {
  const suffix = `.${venueCode(exchangeId)}`;
  return instrumentId.endsWith(suffix) ? instrumentId.slice(0, -suffix.length) : undefined;
}
