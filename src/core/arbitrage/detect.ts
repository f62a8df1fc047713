import type { Decimal } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import { earns, partsPerMillion, turnOf } from './edge.ts';
import { type Leg, type LegPrices, legsOf, profitOf } from './legs.ts';
import { isQuote } from './quotes.ts';
import { facing, type RouteQuotes, type SizeTerms, sizeRoute } from './size.ts';
import { type ArbitrageMarket, marketName, type Route, type Seen, type Stale } from './types.ts';

export type Opportunity = {
  readonly kind: 'opportunity';
  readonly route: Route;
  /** The moment at which all of its quotes were known. */
  readonly at: UnixMs;
  /** At the best prices, in parts per million: before and after fees. */
  readonly grossPpm: number;
  readonly netPpm: number;
  readonly quantity: Decimal;
  readonly legs: readonly Leg[];
  /** In the home asset, when every leg fills at its limit. */
  readonly profit: Decimal;
};

export type NoOpportunity =
  | { readonly kind: 'stale'; readonly market: string; readonly why: Stale }
  /** All legs have a quote and the route does not earn enough. */
  | { readonly kind: 'no-profit'; readonly grossPpm: number; readonly netPpm: number }
  /** It would earn, but less than a lot stands there. */
  | { readonly kind: 'too-small'; readonly grossPpm: number; readonly netPpm: number };

/** What the markets showed at one moment. */
export type Look = (market: ArbitrageMarket) => Seen;

/** Whether the route pays at this moment. Every leg has to have a quote of the moment: without one there is no opportunity. */
export function detect(route: Route, at: UnixMs, look: Look, terms: SizeTerms): Opportunity | NoOpportunity {
  const { buy, sell, convert } = route;
  const [asked, bid] = [look(buy), look(sell)];
  if (!isQuote(asked)) return stale(buy, asked);
  if (!isQuote(bid)) return stale(sell, bid);
  let quotes: RouteQuotes = { buy: asked, sell: bid };
  if (convert !== undefined) {
    const turned = look(convert.market);
    if (!isQuote(turned)) return stale(convert.market, turned);
    quotes = { ...quotes, convert: turned };
  }

  const best = bestPrices(route, quotes);
  if (best === undefined) return { kind: 'too-small', grossPpm: 0, netPpm: 0 };
  const grossPpm = partsPerMillion(turnOf(route, best, false));
  const afterFees = turnOf(route, best, true);
  const netPpm = partsPerMillion(afterFees);
  if (!earns(afterFees, terms.leastBps)) return { kind: 'no-profit', grossPpm, netPpm };
  const sized = sizeRoute(route, quotes, terms);
  if (sized === undefined) return { kind: 'too-small', grossPpm, netPpm };
  const legs = legsOf(route, sized.quantity, sized.prices);
  return {
    kind: 'opportunity',
    route,
    at,
    grossPpm,
    netPpm,
    quantity: sized.quantity,
    legs,
    profit: profitOf(route, legs),
  };
}

const stale = (market: ArbitrageMarket, why: Stale): NoOpportunity => ({
  kind: 'stale',
  market: marketName(market),
  why,
});

/** The best price of each leg; undefined for an empty side of a book. */
export function bestPrices({ convert }: Route, quotes: RouteQuotes): LegPrices | undefined {
  const buy = facing(quotes.buy, 'buy')[0]?.price;
  const sell = facing(quotes.sell, 'sell')[0]?.price;
  if (buy === undefined || sell === undefined) return undefined;
  if (convert === undefined || quotes.convert === undefined) return { buy, sell };
  const turn = facing(quotes.convert, convert.side)[0]?.price;
  return turn === undefined ? undefined : { buy, sell, convert: turn };
}
