import { formatDecimal, quantizeFloat } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import type { QuoteView } from '#shared/contract/market.ts';
import type { SimulatedMarket } from '../simulated-market.ts';

const DAY_MS = INTERVAL_MS['1d'];
/** A close that is older than this at the moment a day ago says nothing of that moment. */
const LATEST_MS = INTERVAL_MS['1h'];

/** Newest price of an instrument of the simulated market, and how far it is from the close of a day before. */
export function quoteOf({ id, symbol, tickSize }: Instrument, { feed, clock }: SimulatedMarket): QuoteView {
  const now = clock.now();
  const newest = feed.history(id, '1m', now, 1).series.candles.at(-1);
  if (newest === undefined)
    return { symbol, priceDecimals: tickSize.scale, last: null, change: null, at: null, asOf: now };
  const dayAgo = unixMs(Math.max(0, now - DAY_MS));
  const before =
    dayAgo < feed.span(id, '1m').first ? undefined : feed.history(id, '1m', dayAgo, 1).series.candles.at(-1);
  const isDay = before !== undefined && dayAgo - before.closeTime < LATEST_MS;
  return {
    symbol,
    priceDecimals: tickSize.scale,
    last: formatDecimal(quantizeFloat(newest.close, tickSize, 'half-up')),
    change: isDay ? newest.close / before.close - 1 : null,
    at: newest.closeTime,
    asOf: now,
  };
}
