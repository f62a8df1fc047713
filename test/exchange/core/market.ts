import { type Book, createBook } from './book.ts';
import type { Fixed } from './fixed.ts';
import type { ExchangeListener, Instrument, Order } from './types.ts';

/** One instrument with its book, its waiting stops and its last price. */
export type Market = {
  readonly instrument: Instrument;
  readonly book: Book;
  readonly waiting: Set<Order>;
  last: Fixed;
  /** False: the venue takes no new orders here. */
  open: boolean;
};

export function createMarkets(
  instruments: readonly Instrument[],
  emit: (send: (listener: ExchangeListener) => void) => void,
): ReadonlyMap<string, Market> {
  const markets = new Map<string, Market>();
  for (const instrument of instruments) {
    const book = createBook((side, price, total, updateId) =>
      emit((listener) => listener.level?.({ instrument: instrument.id, side, price, total, updateId })),
    );
    markets.set(instrument.id, { instrument, book, waiting: new Set(), last: instrument.startPrice, open: true });
  }
  return markets;
}
