import { add, type Decimal, multiply, subtract } from '../domain/decimal.ts';
import { type Asset, basisPoints } from '../domain/money.ts';
import { inSteps } from './steps.ts';
import type { ArbitrageMarket, Route } from './types.ts';

export type LegName = 'buy' | 'sell' | 'convert';

/** One order of a trade: what is bought or sold, and the worst price at which it still may fill. */
export type Leg = {
  readonly name: LegName;
  readonly market: ArbitrageMarket;
  readonly side: 'buy' | 'sell';
  /** In the base asset of the leg's own market. */
  readonly quantity: Decimal;
  readonly limit: Decimal;
};

/** The fee of a fill in the quote asset, rounded up to the asset's decimals. */
export const feeOf = (market: ArbitrageMarket, side: 'buy' | 'sell', quantity: Decimal, price: Decimal): Decimal =>
  basisPoints(
    multiply(quantity, price),
    side === 'buy' ? market.buyFeeBps : market.sellFeeBps,
    market.quoteScale,
    'up',
  );

/** Quote asset that a purchase takes, its fee included. */
export const costOf = (market: ArbitrageMarket, quantity: Decimal, price: Decimal): Decimal =>
  add(multiply(quantity, price), feeOf(market, 'buy', quantity, price));

/** Quote asset that a sale brings, its fee taken off. */
export const proceedsOf = (market: ArbitrageMarket, quantity: Decimal, price: Decimal): Decimal =>
  subtract(multiply(quantity, price), feeOf(market, 'sell', quantity, price));

export type LegPrices = { readonly buy: Decimal; readonly sell: Decimal; readonly convert?: Decimal };

/**
 * The orders of a trade of `quantity`, all of them sent at once from what lies on each venue. The one that converts takes what the other
 * one brings or needs, rounded to its lot so that the foreign asset is never short: what remains of it is dust that stays there.
 */
export function legsOf(route: Route, quantity: Decimal, prices: LegPrices): readonly Leg[] {
  const { buy, sell, convert } = route;
  const pair: readonly Leg[] = [
    { name: 'buy', market: buy, side: 'buy', quantity, limit: prices.buy },
    { name: 'sell', market: sell, side: 'sell', quantity, limit: prices.sell },
  ];
  if (convert === undefined || prices.convert === undefined) return pair;
  const foreign =
    convert.side === 'sell'
      ? inSteps(proceedsOf(sell, quantity, prices.sell), convert.market.lot, 'down')
      : inSteps(costOf(buy, quantity, prices.buy), convert.market.lot, 'up');
  return [
    ...pair,
    { name: 'convert', market: convert.market, side: convert.side, quantity: foreign, limit: prices.convert },
  ];
}

/** What a leg has to have on its venue before it is sent. */
export const inputOf = ({
  market,
  side,
  quantity,
  limit,
}: Leg): { readonly venue: string; readonly asset: Asset; readonly amount: Decimal } =>
  side === 'buy'
    ? { venue: market.venue, asset: market.quote, amount: costOf(market, quantity, limit) }
    : { venue: market.venue, asset: market.base, amount: quantity };

/** Home asset that all legs together bring when each fills at its limit; exact. */
export function profitOf({ home }: Route, legs: readonly Leg[]): Decimal {
  let profit: Decimal = { units: 0n, scale: 0 };
  for (const { market, side, quantity, limit } of legs) {
    if (market.quote !== home) continue;
    profit =
      side === 'buy'
        ? subtract(profit, costOf(market, quantity, limit))
        : add(profit, proceedsOf(market, quantity, limit));
  }
  return profit;
}
