import type { CycleView } from '#shared/contract/cycle.ts';
import type { DepthView } from '#shared/contract/market.ts';
import type { MarketDepth } from '../paper/follow-depth.ts';

/** Names of the sources that have no order book, by how they begin; see `marketSourceText`. */
const SIMULATED = 'simulated market';

/** The book of a cycle's market as the contract tells it, or why there is none. */
export function depthView(
  { state, marketSource, environment, priceDecimals }: CycleView,
  depth: (() => MarketDepth) | undefined,
): DepthView {
  if (environment === 'simulated')
    return { kind: 'none', why: marketSource.startsWith(SIMULATED) ? 'simulated' : 'recorded' };
  if (depth === undefined || state !== 'running') return { kind: 'none', why: 'ended' };
  const { venue, book, trades, trouble } = depth();
  return {
    kind: 'book',
    venue,
    priceDecimals,
    bids: book === undefined ? [] : [...book.bids],
    asks: book === undefined ? [] : [...book.asks],
    at: book?.at ?? null,
    trouble: trouble ?? null,
    trades: trades.map(({ price, quantity, side, at }) => ({ price, quantity, side, at })),
    asOf: Math.max(book?.at ?? 0, trades[0]?.at ?? 0),
  };
}
