import { type Decimal, decimal } from '../domain/decimal.ts';
import type { ArbitrageMarket, Route } from './types.ts';

/**
 * What one unit of money becomes on its way around a route, as a fraction of whole numbers. Nothing is rounded before the comparison, so
 * that an edge of exactly the least profit counts and one that is the smallest step below it does not.
 */
export type Turn = { readonly into: bigint; readonly outOf: bigint };

export type RoutePrices = { readonly buy: Decimal; readonly sell: Decimal; readonly convert?: Decimal };

const powers: bigint[] = [];
const powerOfTen = (exponent: number): bigint => {
  for (let next = powers.length; next <= exponent; next++) powers.push(10n ** BigInt(next));
  return powers[exponent] as bigint;
};

/** Basis points are parts of 10,000. */
const BPS_SCALE = 4;
const NO_FEE = decimal(0n);

type Step = { readonly side: 'buy' | 'sell'; readonly price: Decimal; readonly feeBps: Decimal };

function take({ into, outOf }: Turn, { side, price, feeBps }: Step): Turn {
  const whole = powerOfTen(BPS_SCALE + feeBps.scale);
  const scale = powerOfTen(price.scale);
  return side === 'sell'
    ? { into: into * price.units * (whole - feeBps.units), outOf: outOf * scale * whole }
    : { into: into * scale * whole, outOf: outOf * price.units * (whole + feeBps.units) };
}

const feeOf = (market: ArbitrageMarket, side: 'buy' | 'sell', withFees: boolean): Decimal =>
  withFees ? (side === 'buy' ? market.buyFeeBps : market.sellFeeBps) : NO_FEE;

/** Once around the route at these prices, with or without the fees of its markets. */
export function turnOf({ buy, sell, convert }: Route, prices: RoutePrices, withFees: boolean): Turn {
  const bought = take({ into: 1n, outOf: 1n }, { side: 'buy', price: prices.buy, feeBps: feeOf(buy, 'buy', withFees) });
  const sold = take(bought, { side: 'sell', price: prices.sell, feeBps: feeOf(sell, 'sell', withFees) });
  if (convert === undefined || prices.convert === undefined) return sold;
  const { market, side } = convert;
  return take(sold, { side, price: prices.convert, feeBps: feeOf(market, side, withFees) });
}

/** Whether the turn earns at least so many basis points; exact. */
export function earns({ into, outOf }: Turn, leastBps: Decimal): boolean {
  const whole = powerOfTen(BPS_SCALE + leastBps.scale);
  return into * whole >= outOf * (whole + leastBps.units);
}

const MILLION = 1_000_000n;

/** Parts per million (a hundred to the basis point) that the turn earns, rounded down: for showing and counting, never for deciding. */
export function partsPerMillion({ into, outOf }: Turn): number {
  const gain = (into - outOf) * MILLION;
  const quotient = gain / outOf;
  return Number(gain < 0n && quotient * outOf !== gain ? quotient - 1n : quotient);
}
