import type { InstrumentId } from '#core/domain/ids.ts';
import type { LiveBook, LiveMarket, LiveTrade } from '#core/ports/live-market.ts';

/** Levels and trades that are shown. */
const LEVELS = 12;
const TRADES = 40;

/** The newest order book and trades of one instrument at a venue. */
export type MarketDepth = {
  readonly venue: string;
  readonly book: Pick<LiveBook, 'bids' | 'asks' | 'at'> | undefined;
  /** Newest first. */
  readonly trades: readonly LiveTrade[];
  /** Why it must not be traded on; undefined while it is good. */
  readonly trouble: string | undefined;
};

/** Keeps the tape of an instrument that is watched already. It ends with the market. */
export function followDepth(market: LiveMarket, instrumentId: InstrumentId): () => MarketDepth {
  const trades: LiveTrade[] = [];
  market.subscribe((event) => {
    if (event.kind !== 'trade' || event.trade.instrumentId !== instrumentId) return;
    trades.unshift(event.trade);
    trades.length = Math.min(trades.length, TRADES);
  });
  return () => {
    const book = market.book(instrumentId);
    const health = market.health(instrumentId);
    return {
      venue: market.venue,
      book:
        book === undefined
          ? undefined
          : { bids: book.bids.slice(0, LEVELS), asks: book.asks.slice(0, LEVELS), at: book.at },
      trades: [...trades],
      trouble: health.kind === 'live' ? undefined : `${health.reason}: ${health.detail}`,
    };
  };
}
