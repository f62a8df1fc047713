import type { Level } from '../core/book.ts';
import type { Fixed } from '../core/fixed.ts';
import type { Side } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import { bookChecksum } from './checksum.ts';
import type { Pair } from './pairs.ts';
import { rawNumber } from './raw-number.ts';

type Shown = ReadonlyMap<Fixed, Fixed>;

/** What one subscriber sees of one book: so many levels, a snapshot first and then what changed among them. */
export type BookView = {
  snapshot(): unknown;
  /** Undefined when nothing changed within the depth. */
  update(): unknown;
};

export function createBookView(venue: Venue, pair: Pair, depth: number): BookView {
  const shown: Record<Side, Shown> = { buy: new Map(), sell: new Map() };
  const levels = (side: Side): readonly Level[] => venue.exchange.market(pair.altname)?.book.levels(side) ?? [];
  const row = (price: Fixed, total: Fixed) => ({ price: rawNumber(price, pair.priceDecimals), qty: rawNumber(total) });
  const message = (type: string, bids: readonly unknown[], asks: readonly unknown[]) => ({
    channel: 'book',
    type,
    data: [
      {
        symbol: pair.symbol,
        bids,
        asks,
        checksum: bookChecksum(levels('sell'), levels('buy'), pair.priceDecimals),
        ...(type === 'update' ? { timestamp: new Date(venue.clock.now()).toISOString() } : {}),
      },
    ],
  });

  /** Remembers what is in view now, and answers the rows that the subscriber does not know yet. */
  const changes = (side: Side): readonly unknown[] => {
    const all = levels(side);
    const now = new Map(all.slice(0, depth).map(({ price, total }) => [price, total]));
    const before = shown[side];
    shown[side] = now;
    const rows: unknown[] = [];
    // A level that better ones pushed out of view is forgotten by the subscriber itself; only one that ended is told.
    const living = new Set(all.map(({ price }) => price));
    for (const price of before.keys()) if (!living.has(price)) rows.push(row(price, 0n));
    for (const [price, total] of now) if (before.get(price) !== total) rows.push(row(price, total));
    return rows;
  };

  return {
    snapshot: () => {
      shown.buy = new Map();
      shown.sell = new Map();
      return message('snapshot', changes('buy'), changes('sell'));
    },
    update: () => {
      const bids = changes('buy');
      const asks = changes('sell');
      return bids.length + asks.length === 0 ? undefined : message('update', bids, asks);
    },
  };
}
