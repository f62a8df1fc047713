import type { Exchange } from './exchange.ts';
import type { Fixed } from './fixed.ts';
import type { Side } from './types.ts';

export type BookChanges = {
  readonly first: number;
  readonly last: number;
  readonly buy: ReadonlyMap<Fixed, Fixed>;
  readonly sell: ReadonlyMap<Fixed, Fixed>;
};

type Gathered = { first: number; last: number; readonly buy: Map<Fixed, Fixed>; readonly sell: Map<Fixed, Fixed> };

/** Gathers changed levels of each instrument between two looks, as venues send them: the newest total of each level, once. */
export function gatherBookChanges(exchange: Exchange): { take(instrument: string): BookChanges | undefined } {
  const gathered = new Map<string, Gathered>();
  exchange.listen({
    level: ({ instrument, side, price, total, updateId }) => {
      const known: Gathered = gathered.get(instrument) ?? {
        first: updateId,
        last: updateId,
        buy: new Map(),
        sell: new Map(),
      };
      gathered.set(instrument, known);
      known.last = updateId;
      const levels: Record<Side, Map<Fixed, Fixed>> = known;
      levels[side].set(price, total);
    },
  });
  return {
    take: (instrument) => {
      const changes = gathered.get(instrument);
      gathered.delete(instrument);
      return changes;
    },
  };
}
