import { dayOf } from '../core/day.ts';
import { fixed, formatFixed, over, times } from '../core/fixed.ts';
import type { Venue } from '../core/venue.ts';

const HUNDRED = fixed('100');

/** The rolling day of one instrument as REST tells it. */
export function tickerOf(venue: Venue, symbol: string) {
  const day = dayOf(venue, symbol);
  const book = venue.exchange.market(symbol)?.book;
  const bid = book?.best('buy');
  const ask = book?.best('sell');
  const change = day.last - day.open;
  const newest = venue.tape.trades(symbol).at(-1);
  return {
    symbol,
    priceChange: formatFixed(change),
    priceChangePercent: formatFixed((change * HUNDRED) / (day.open === 0n ? 1n : day.open), 3),
    weightedAvgPrice: formatFixed(over(times(day.volume, day.last), day.volume)),
    prevClosePrice: formatFixed(day.open),
    lastPrice: formatFixed(day.last),
    lastQty: formatFixed(newest?.quantity ?? 0n),
    bidPrice: formatFixed(bid?.price ?? 0n),
    bidQty: formatFixed(bid?.total ?? 0n),
    askPrice: formatFixed(ask?.price ?? 0n),
    askQty: formatFixed(ask?.total ?? 0n),
    openPrice: formatFixed(day.open),
    highPrice: formatFixed(day.high),
    lowPrice: formatFixed(day.low),
    volume: formatFixed(day.volume),
    quoteVolume: formatFixed(times(day.volume, day.last)),
    openTime: day.from,
    closeTime: day.to,
    firstId: venue.tape.trades(symbol)[0]?.id ?? -1,
    lastId: newest?.id ?? -1,
    count: day.trades,
  };
}
