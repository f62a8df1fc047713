import { add, compare, type Decimal, divide, max, min, multiply, subtract, ZERO } from '../domain/decimal.ts';
import { earns, turnOf } from './edge.ts';
import type { LegPrices } from './legs.ts';
import { inSteps } from './steps.ts';
import type { Level, Quote, Route } from './types.ts';

export type RouteQuotes = { readonly buy: Quote; readonly sell: Quote; readonly convert?: Quote };

export type SizeTerms = {
  /** Least profit after fees, in basis points of what goes around. */
  readonly leastBps: Decimal;
  /** Most that one trade may put in, in the home asset. */
  readonly most: Decimal;
};

export type Sized = { readonly quantity: Decimal; readonly prices: LegPrices };

/** Decimals of a quotient before it is rounded down to the lot. */
const SCALE = 18;

/** A side of a book that is eaten from the best price on. */
function createQueue(levels: readonly Level[]) {
  let place = 0;
  let left = levels[0]?.size ?? ZERO;
  return {
    price: (): Decimal | undefined => levels[place]?.price,
    left: (): Decimal => left,
    next(): void {
      place += 1;
      left = levels[place]?.size ?? ZERO;
    },
    eat(size: Decimal): void {
      left = subtract(left, size);
    },
  };
}

/** The levels that a leg takes: a purchase eats asks, a sale eats bids. */
export const facing = (quote: Quote, side: 'buy' | 'sell'): readonly Level[] =>
  side === 'buy' ? quote.asks : quote.bids;

export const routeLot = ({ buy, sell }: Route): Decimal => max(buy.lot, sell.lot);

/**
 * How much goes around while the next piece still earns the least profit after fees: level by level, so that depth that does not pay is
 * left alone. The prices are the worst of the levels used. Undefined when not even one lot pays or fits.
 */
export function sizeRoute(route: Route, quotes: RouteQuotes, { leastBps, most }: SizeTerms): Sized | undefined {
  const lot = routeLot(route);
  const { convert } = route;
  const asks = createQueue(facing(quotes.buy, 'buy'));
  const bids = createQueue(facing(quotes.sell, 'sell'));
  const turns =
    convert === undefined || quotes.convert === undefined
      ? undefined
      : createQueue(facing(quotes.convert, convert.side));
  let quantity: Decimal = ZERO;
  let room = most;
  let used: LegPrices | undefined;

  for (;;) {
    const prices = pricesOf(asks.price(), bids.price(), turns?.price());
    if (prices === undefined || (convert !== undefined && prices.convert === undefined)) break;
    if (!earns(turnOf(route, prices, true), leastBps)) break;
    const foreign = convert?.side === 'buy' ? prices.buy : prices.sell;
    const inHome = convert?.side === 'buy' ? prices.sell : prices.buy;
    const fits = inSteps(divide(room, inHome, SCALE, 'down'), lot, 'down');
    if (compare(fits, lot) < 0) break;
    const through = turns === undefined ? fits : inSteps(divide(turns.left(), foreign, SCALE, 'down'), lot, 'down');
    const piece = inSteps(min(min(asks.left(), bids.left()), min(fits, through)), lot, 'down');
    if (compare(piece, ZERO) > 0) {
      quantity = add(quantity, piece);
      room = subtract(room, multiply(piece, inHome));
      used = prices;
      asks.eat(piece);
      bids.eat(piece);
      turns?.eat(multiply(piece, foreign));
    }
    if (compare(piece, fits) === 0) break;
    // What holds less than a lot is eaten up.
    if (compare(asks.left(), lot) < 0) asks.next();
    else if (compare(bids.left(), lot) < 0) bids.next();
    else turns?.next();
  }
  return used === undefined ? undefined : { quantity, prices: used };
}

const pricesOf = (
  buy: Decimal | undefined,
  sell: Decimal | undefined,
  convert: Decimal | undefined,
): LegPrices | undefined =>
  buy === undefined || sell === undefined ? undefined : { buy, sell, ...(convert === undefined ? {} : { convert }) };
