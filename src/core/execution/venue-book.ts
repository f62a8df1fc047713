import { compare, type Decimal, formatDecimal, isPositive, quantize } from '../domain/decimal.ts';
import { Fault } from '../kernel/fault.ts';
import type { Grid } from '../matching/grid.ts';
import type { Depth, DepthSide } from '../matching/types.ts';

/** Price in quote and quantity in base. */
export type OrderBookLevel = readonly [price: Decimal, quantity: Decimal];

/** An order book as it was recorded at one moment; both sides best first. */
export type OrderBook = { readonly bids: readonly OrderBookLevel[]; readonly asks: readonly OrderBookLevel[] };

const refuse = (what: string): never => {
  throw new Fault('bad_data', `the order book ${what}`, 'Give a whole snapshot of one moment, best prices first.');
};

/** `direction` is 1 where prices rise from the best on. Less than a whole lot cannot be taken: a level's quantity is rounded down. */
function sideOf(levels: readonly OrderBookLevel[], name: 'bid' | 'ask', direction: 1 | -1, grid: Grid): DepthSide {
  const [best] = levels;
  if (best === undefined) return refuse(`has no ${name}`);
  levels.forEach(([at, size], i) => {
    if (!isPositive(at) || !isPositive(size))
      refuse(`has a ${name} of ${formatDecimal(size)} at ${formatDecimal(at)}: both must be positive`);
    const before = levels[i - 1]?.[0];
    if (before !== undefined && compare(at, before) !== direction)
      refuse(`has the ${name} ${formatDecimal(at)} after ${formatDecimal(before)}`);
  });
  return {
    best: grid.ticksOf(best[0], `the ${name}`),
    levels: levels
      .map(([at, size]) => ({
        ticks: grid.ticksOf(at, `the ${name}`),
        lots: grid.lotsOf(quantize(size, grid.lot, 'floor'), `the quantity of a ${name}`),
      }))
      .filter(({ lots }) => lots > 0),
  };
}

/** The book in ticks and lots. Throws Fault('bad_data') on one that is empty on a side, crossed, out of order or off the tick. */
export function depthOf(book: OrderBook, grid: Grid): Depth {
  const bids = sideOf(book.bids, 'bid', -1, grid);
  const asks = sideOf(book.asks, 'ask', 1, grid);
  if (bids.best >= asks.best)
    refuse(
      `is crossed: bid ${formatDecimal(grid.priceOf(bids.best))} is not below ask ${formatDecimal(grid.priceOf(asks.best))}`,
    );
  return { bids, asks, halfSpreadTicks: Math.ceil((asks.best - bids.best) / 2) };
}
