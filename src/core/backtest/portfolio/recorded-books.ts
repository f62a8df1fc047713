import type { UnixMs } from '../../domain/ids.ts';
import type { OrderBook } from '../../execution/venue-book.ts';
import type { RecordedBook } from './conditions.ts';

/** The book that was recorded at the open of a candle, asked for in the order of time. */
export function createBookReader(books: readonly RecordedBook[] = []): (openTime: UnixMs) => OrderBook | undefined {
  let next = 0;
  return (openTime) => {
    while (next < books.length && (books[next]?.at ?? 0) < openTime) next += 1;
    const found = books[next];
    return found?.at === openTime ? found.book : undefined;
  };
}
