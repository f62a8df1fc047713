import type { Decimal } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Asset } from '../domain/money.ts';

/** One market of one venue with what it costs to take liquidity there. */
export type ArbitrageMarket = {
  readonly venue: string;
  readonly base: Asset;
  readonly quote: Asset;
  /** Smallest price step, in quote. */
  readonly tick: Decimal;
  /** Smallest quantity step, in base. */
  readonly lot: Decimal;
  /** Taker fees in basis points, charged in the quote asset. */
  readonly buyFeeBps: Decimal;
  readonly sellFeeBps: Decimal;
  /** Decimals of the quote asset; fees round up to it. */
  readonly quoteScale: number;
};

export type Level = { readonly price: Decimal; readonly size: Decimal };

/** What one market offered at one moment, best price first. Sizes are what a trade may take: shares and caps are already applied. */
export type Quote = { readonly at: UnixMs; readonly bids: readonly Level[]; readonly asks: readonly Level[] };

/** Why a market has no quote at a moment. */
export type Stale =
  /** No candle closed then: an outage, or nothing traded and the venue leaves such minutes out. */
  | 'no-candle'
  /** A candle without volume repeats an old price that nobody traded at. */
  | 'no-trade'
  /** The book is older than allowed, or from later than the moment. */
  | 'old-book';

export type Seen = Quote | Stale;

/**
 * A closed way through two or three markets: the base asset is bought on one and sold on another, and when their quotes differ, a third
 * market turns one quote asset into the other. All ends in the asset that it began with.
 */
export type Route = {
  readonly kind: 'cross-venue' | 'cross-quote' | 'triangular';
  readonly buy: ArbitrageMarket;
  readonly sell: ArbitrageMarket;
  /** Turns the foreign asset into home (`sell`) or home into the foreign asset (`buy`); its base is the foreign asset, its quote home. */
  readonly convert?: { readonly market: ArbitrageMarket; readonly side: 'buy' | 'sell' };
  /** The asset in which profit is counted. */
  readonly home: Asset;
};

export const marketName = ({ venue, base, quote }: ArbitrageMarket): string => `${venue} ${base}/${quote}`;

/** The same name for both directions of a pair of markets. */
export function pairName({ buy, sell, convert }: Route): string {
  const [first, second] = [marketName(buy), marketName(sell)].sort();
  return `${first} - ${second}${convert === undefined ? '' : ` by ${marketName(convert.market)}`}`;
}
