import type { UnixMs } from '../domain/ids.ts';
import { Fault } from '../kernel/fault.ts';
import type { QuoteSource } from './quotes.ts';
import { type ArbitrageMarket, marketName, type Seen } from './types.ts';

export type Board = {
  at(market: ArbitrageMarket, moment: UnixMs): Seen;
};

/** Moments kept for each market: what is seen and what is acted on lie close together. */
const KEPT = 16;

/** All markets at any moment; each quote is worked out once. */
export function createBoard(sources: readonly QuoteSource[]): Board {
  const known = new Map(sources.map((source) => [source.market, { source, seen: new Map<UnixMs, Seen>() }]));
  return {
    at(market, moment) {
      const of = known.get(market);
      if (of === undefined)
        throw new Fault('bad_data', `no prices of ${marketName(market)}`, 'Give its candles with the others.');
      const before = of.seen.get(moment);
      if (before !== undefined) return before;
      const seen = of.source.at(moment);
      if (of.seen.size >= KEPT) for (const oldest of [...of.seen.keys()].slice(0, KEPT / 2)) of.seen.delete(oldest);
      of.seen.set(moment, seen);
      return seen;
    },
  };
}
