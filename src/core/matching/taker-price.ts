import type { GridCandle, MatchRules, SideSign } from './types.ts';

/** What a taker pays or gets, and what of it is spread and what is own impact, in ticks. Used again and again, like `Outcome`. */
export type TakerPrice = { ticks: number; spreadTicks: number; impactTicks: number };

/** ceil(ticks x numerator / denominator), exact: through bigint when the product leaves 2^53. */
function shareUp(ticks: number, numerator: number, denominator: number): number {
  if (numerator === 0) return 0;
  const product = ticks * numerator;
  if (product > Number.MAX_SAFE_INTEGER) {
    const exact = BigInt(ticks) * BigInt(numerator);
    return Number((exact + BigInt(denominator) - 1n) / BigInt(denominator));
  }
  // The remainder is exact where the quotient of two floats would not be.
  return (product - (product % denominator)) / denominator + (product % denominator === 0 ? 0 : 1);
}

/**
 * How far an order moves the market against itself: price x impact x share^2, where share is the part of the candle's volume that it
 * takes (the quadratic volume-share model of the old open back-testers). Rounded up to the tick. Multiplications and one division of
 * floats: the same on every machine.
 */
function impactOf(ticks: number, lots: number, candleLots: number, impact: number): number {
  if (impact === 0 || candleLots === Number.POSITIVE_INFINITY) return 0;
  const share = candleLots > 0 ? Math.min(1, lots / candleLots) : 1;
  return Math.ceil(ticks * impact * share * share);
}

/** Writes into `out` the price at which a taker of `lots` meets a market that stands at `ticks`. A sale never goes below one step. */
export function takerPrice(
  out: TakerPrice,
  ticks: number,
  side: SideSign,
  lots: number,
  candle: GridCandle,
  rules: MatchRules,
  crossesSpread: boolean,
): void {
  const { numerator, denominator } = rules.halfSpread;
  const spread = crossesSpread ? shareUp(ticks, numerator, denominator) : 0;
  const impact = impactOf(ticks, lots, candle.lots, rules.impact);
  const step = rules.tickStep;
  let price = ticks + side * (spread + impact);
  if (step > 1) price = side > 0 ? Math.ceil(price / step) * step : Math.floor(price / step) * step;
  if (price < step) price = step;
  out.ticks = price;
  out.impactTicks = impact;
  out.spreadTicks = (side > 0 ? price - ticks : ticks - price) - impact;
}
