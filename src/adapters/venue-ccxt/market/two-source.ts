import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import type { LiveBook, LiveTicker } from '#core/ports/live-market.ts';
import type { Answer } from '#core/ports/venue-gateway.ts';
import { type Account, ask } from '../account-call.ts';
import { fieldAt, timeField } from '../parse/fields.ts';

/** The stream and the ticker may differ by this share of the price: more than a move in the time between them. */
export const MOST_DISAGREEMENT = 0.005;

/** The venue's ticker by a request of its own: a source that does not share the stream's faults. */
export const askTicker = (account: Account, instrumentId: InstrumentId, symbol: string): Promise<Answer<LiveTicker>> =>
  ask(
    account,
    'data',
    undefined,
    () => account.exchange.fetchTicker(symbol),
    (value) => {
      const [bid, ask, last] = ['bid', 'ask', 'last'].map((key) => fieldAt(value, [key]));
      const good = (price: unknown): price is number =>
        typeof price === 'number' && Number.isFinite(price) && price > 0;
      if (!good(last)) return undefined;
      const at = timeField(fieldAt(value, ['timestamp'])) ?? account.clocks.wall.now();
      return { instrumentId, bid: good(bid) ? bid : last, ask: good(ask) ? ask : last, last, at: unixMs(at) };
    },
  );

/** How far the book's middle is from the ticker's, in words; undefined when they agree. */
export function disagreement(book: LiveBook, ticker: LiveTicker): string | undefined {
  const [bid, ask] = [book.bids[0], book.asks[0]];
  if (bid === undefined || ask === undefined) return 'the book is empty';
  const stream = (bid.price + ask.price) / 2;
  const asked = (ticker.bid + ticker.ask) / 2;
  const share = Math.abs(stream - asked) / asked;
  if (share <= MOST_DISAGREEMENT) return undefined;
  return `the stream says ${stream}, the ticker ${asked}: ${(share * 100).toFixed(2)} % apart`;
}
