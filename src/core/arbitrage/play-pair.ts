import { add, compare, type Decimal, multiply, negate, toFloat, ZERO } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Rng } from '../kernel/rng.ts';
import type { Board } from './board.ts';
import { bestPrices, detect, type Opportunity } from './detect.ts';
import { earns, partsPerMillion, turnOf } from './edge.ts';
import { fundingOf } from './funding.ts';
import { createInventory, type Inventory } from './inventory.ts';
import { createLegVenue, type LegVenueTerms } from './leg-venue.ts';
import { isQuote } from './quotes.ts';
import { assumedTransfer, rebalance, targetsOf } from './rebalance.ts';
import type { RouteQuotes, SizeTerms } from './size.ts';
import { openTrade, type Trade, type TradeTerms } from './trade.ts';
import { createTransfers, type Transfers } from './transfers.ts';
import type { Route } from './types.ts';
import { withSlack } from './with-slack.ts';

export type PairTerms = SizeTerms &
  LegVenueTerms &
  TradeTerms & {
    /** Stock at the beginning, in trades of the largest size on each leg. */
    readonly stock: Decimal;
  };

/** What one moment showed of a pair of markets: the better of its two directions. */
export type PairMoment = {
  readonly at: UnixMs;
  /** At the last prices, without any cost. */
  readonly grossPpm: number;
  readonly gross: boolean;
  /** With two quote assets: how far the two prices lie apart when a unit of each counts the same. No profit: the circle is not closed. */
  readonly parPpm: number | undefined;
  /** After the half-spreads. */
  readonly quoted: boolean;
  /** After fees as well: an opportunity with its size. */
  readonly found: Opportunity | undefined;
  /** Whether it still pays once the orders get there. */
  readonly survives: boolean;
  /** Whether it pays after fees even at the highest price of the purchase's minute and the lowest of the sale's. */
  readonly certain: boolean;
  readonly detectOnly: string | undefined;
};

export type PairListener = {
  moment(moment: PairMoment): void;
  /** A trade that ended, or that is still open at the end of the tape. */
  trade(trade: Trade['view'], startedAt: UnixMs): void;
};

export type PairEnd = {
  readonly transfers: number;
  /** Kept by the networks, in the home asset at the prices of the last trade or of the beginning. */
  readonly networkFees: Decimal;
};

const PPM_PER_BPS = 100;

type Desk = {
  readonly inventory: Inventory;
  readonly transfers: Transfers;
  readonly venue: ReturnType<typeof createLegVenue>;
};

/**
 * Plays both directions of one pair of markets over the moments, on an inventory of its own. One trade at a time; between trades the
 * inventory is rebalanced. `last` shows the last prices without a spread, `quoted` what orders meet, and `worst` the same
 * at the worst prices of each minute.
 */
export function playPair(
  routes: readonly Route[],
  moments: Iterable<UnixMs>,
  boards: { readonly last: Board; readonly quoted: Board; readonly worst: Board },
  terms: PairTerms,
  rng: Rng,
  tell: PairListener,
): PairEnd {
  const [first] = routes;
  if (first === undefined) throw new RangeError('a pair without a route');
  const leastPpm = PPM_PER_BPS * toFloat(terms.leastBps);
  let desk: Desk | undefined;
  let targets: ReturnType<typeof targetsOf> = [];
  let trade: Trade | undefined;
  let startedAt: UnixMs | undefined;
  let prices: Decimal = ZERO;

  for (const at of moments) {
    desk?.transfers.settle(at);
    if (trade !== undefined) {
      trade.step(at);
      if (trade.view.state === 'closed' && startedAt !== undefined) {
        tell.trade(trade.view, startedAt);
        trade = undefined;
      }
    }
    const turns = routes.flatMap((route) => lastTurn(route, at, boards.last));
    if (turns.length === 0) continue;
    const grossPpm = Math.max(...turns.map(({ turn }) => partsPerMillion(turn)));
    const parPpm =
      first.convert === undefined ? undefined : Math.max(...turns.map(({ atPar }) => partsPerMillion(atPar)));
    const gross = turns.some(({ turn }) => earns(turn, terms.leastBps));
    if (desk === undefined) {
      const price = homePrice(first, at, boards.last);
      prices = price;
      targets = targetsOf(first, price, terms.most, terms.stock);
      const inventory = createInventory(targets.map(({ venue, asset, amount }) => ({ at, venue, asset, amount })));
      desk = {
        inventory,
        transfers: createTransfers(inventory, assumedTransfer),
        venue: createLegVenue((market, moment) => boards.quoted.at(market, moment), inventory, terms, rng),
      };
    }
    const look = (market: Route['buy']) => boards.quoted.at(market, at);
    const seen = gross ? routes.map((route) => detect(route, at, look, terms)) : [];
    const quoted = seen.some((one) => one.kind !== 'stale' && one.grossPpm >= leastPpm);
    const found = seen
      .filter((one): one is Opportunity => one.kind === 'opportunity')
      .toSorted((a, b) => compare(b.profit, a.profit))[0];
    const survives = found !== undefined && pays(found.route, (at + terms.latencyMs) as UnixMs, boards.quoted, ZERO);
    const certain = found !== undefined && pays(found.route, at, boards.worst, terms.leastBps);
    let detectOnly: string | undefined;
    if (found !== undefined && trade === undefined) {
      const funding = fundingOf(withSlack(found), desk.inventory);
      if (funding.kind === 'detect-only') detectOnly = funding.reason;
      else {
        trade = openTrade(
          funding.opportunity,
          at,
          desk.venue,
          (market, moment) => boards.quoted.at(market, moment),
          terms,
        );
        startedAt = at;
      }
    }
    tell.moment({ at, grossPpm, parPpm, gross, quoted, found, survives, certain, detectOnly });
    if (trade === undefined) rebalance(targets, desk.inventory, desk.transfers, at);
  }
  if (trade !== undefined && startedAt !== undefined) tell.trade(trade.view, startedAt);
  return desk === undefined
    ? { transfers: 0, networkFees: ZERO }
    : { transfers: desk.transfers.sent, networkFees: networkFeesOf(first, desk.inventory, prices) };
}

function quotesOf({ buy, sell, convert }: Route, at: UnixMs, board: Board): RouteQuotes | undefined {
  const [asked, bid] = [board.at(buy, at), board.at(sell, at)];
  if (!isQuote(asked) || !isQuote(bid)) return undefined;
  if (convert === undefined) return { buy: asked, sell: bid };
  const turned = board.at(convert.market, at);
  return isQuote(turned) ? { buy: asked, sell: bid, convert: turned } : undefined;
}

function lastTurn(route: Route, at: UnixMs, board: Board) {
  const quotes = quotesOf(route, at, board);
  const best = quotes === undefined ? undefined : bestPrices(route, quotes);
  if (best === undefined) return [];
  const { buy, sell } = best;
  return [{ turn: turnOf(route, best, false), atPar: turnOf(route, { buy, sell }, false) }];
}

function pays(route: Route, at: UnixMs, board: Board, leastBps: Decimal): boolean {
  const quotes = quotesOf(route, at, board);
  const best = quotes === undefined ? undefined : bestPrices(route, quotes);
  return best !== undefined && earns(turnOf(route, best, true), leastBps);
}

function homePrice({ buy, sell, home }: Route, at: UnixMs, board: Board): Decimal {
  const seen = board.at(buy.quote === home ? buy : sell, at);
  const price = isQuote(seen) ? seen.asks[0]?.price : undefined;
  if (price === undefined) throw new Error('a pair without a first price');
  return price;
}

/** A unit of the foreign asset counts as one of home: these are fees of a few units, and a stable coin is near enough to one for them. */
function networkFeesOf({ buy }: Route, { entries }: Inventory, price: Decimal): Decimal {
  let total: Decimal = ZERO;
  for (const { asset, amount, cause } of entries)
    if (cause === 'network-fee') total = add(total, negate(asset === buy.base ? multiply(amount, price) : amount));
  return total;
}
