import { formatDecimal, quantizeFloat } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import type { QuoteView } from '#shared/contract/market.ts';
import type { SimulatedMarket } from '../simulated-market.ts';

const DAY_OF_HOURS = 24;

/** Newest price of an instrument of the simulated market, and how far it is from the close of a day before. */
export function quoteOf({ id, symbol, tickSize }: Instrument, { feed, clock }: SimulatedMarket): QuoteView {
  const now = clock.now();
  const newest = feed.history(id, '1m', now, 1).series.candles.at(-1);
  if (newest === undefined)
    return { symbol, priceDecimals: tickSize.scale, last: null, change: null, at: null, asOf: now };
  const hours = feed.history(id, '1h', now, DAY_OF_HOURS).series.candles;
  const before = hours[0];
  const isDay = before !== undefined && now - before.closeTime >= (DAY_OF_HOURS - 1) * INTERVAL_MS['1h'];
  return {
    symbol,
    priceDecimals: tickSize.scale,
    last: formatDecimal(quantizeFloat(newest.close, tickSize, 'half-up')),
    change: isDay ? newest.close / before.open - 1 : null,
    at: newest.closeTime,
    asOf: now,
  };
}
