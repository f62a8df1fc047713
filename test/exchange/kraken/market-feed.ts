import type { Venue } from '../core/venue.ts';
import type { StreamSocket } from '../server/stream-socket.ts';
import { type BookView, createBookView } from './book-view.ts';
import type { Feed, Subscription } from './feed.ts';
import { INTERVALS } from './market-data.ts';
import { candleMessage, tickerMessage, tradeMessage } from './market-messages.ts';
import { PAIRS, type Pair, pairNamed } from './pairs.ts';

const BOOK_MS = 50;
const SECOND_MS = 1000;
const DEPTHS = [10, 25, 100, 500, 1000];
const DEFAULT_DEPTH = 10;
const SNAPSHOT_TRADES = 50;
const SNAPSHOT_CANDLES = 50;
const CHANNELS = ['book', 'ticker', 'trade', 'ohlc'];

/** One subscription of one connection to one pair. */
type Wish = {
  readonly stream: StreamSocket;
  readonly channel: string;
  readonly pair: Pair;
  readonly interval: number;
  readonly book?: BookView;
};

export function createMarketFeed(venue: Venue): Feed {
  let wishes: Wish[] = [];
  const of = (channel: string, altname?: string): readonly Wish[] =>
    wishes.filter((wish) => wish.channel === channel && (altname === undefined || wish.pair.altname === altname));
  const same = (wish: Wish, stream: StreamSocket, params: Subscription): boolean =>
    wish.stream === stream &&
    wish.channel === params.channel &&
    (params.symbol ?? []).includes(wish.pair.symbol) &&
    (params.channel !== 'ohlc' || wish.interval === (params.interval ?? 1));

  const ticker = (wish: Wish, type: string): void => wish.stream.news('ticker', tickerMessage(venue, wish.pair, type));
  const candle = ({ stream, pair, interval }: Wish): void => {
    const now = venue.clock.now();
    const newest = venue.tape.candle(pair.altname, interval * 60_000, now);
    stream.news('candle', candleMessage(pair, [newest], 'update', now));
  };
  const begin = (wish: Wish, snapshot: boolean): void => {
    const { stream, pair, interval } = wish;
    if (!snapshot) return;
    if (wish.book !== undefined) stream.news('book', wish.book.snapshot());
    if (wish.channel === 'ticker') ticker(wish, 'snapshot');
    if (wish.channel === 'trade')
      stream.news('trade', tradeMessage(venue.tape.trades(pair.altname).slice(-SNAPSHOT_TRADES), 'snapshot'));
    if (wish.channel === 'ohlc') {
      const now = venue.clock.now();
      const from = now - SNAPSHOT_CANDLES * interval * 60_000;
      const rows = venue.tape.candles(pair.altname, interval * 60_000, from, now, SNAPSHOT_CANDLES);
      stream.news('candle', candleMessage(pair, rows, 'snapshot', now));
    }
  };

  venue.exchange.listen({
    trade: (trade) => {
      for (const { stream } of of('trade', trade.instrument)) stream.news('trade', tradeMessage([trade], 'update'));
      for (const wish of of('ticker', trade.instrument)) ticker(wish, 'update');
    },
  });
  setInterval(() => {
    for (const { stream, book } of of('book')) {
      const update = book?.update();
      if (update !== undefined) stream.news('book', update);
    }
  }, BOOK_MS).unref();
  setInterval(() => {
    for (const wish of of('ohlc')) candle(wish);
  }, SECOND_MS).unref();

  return {
    refuses: (stream, params, method) => {
      if (!CHANNELS.includes(params.channel)) return 'Event(s) not found';
      const unknown = (params.symbol ?? []).find((symbol) => pairNamed(symbol)?.symbol !== symbol);
      if (unknown !== undefined) return `Currency pair not supported ${unknown}`;
      if (method === 'unsubscribe') return undefined;
      if (params.channel === 'book' && !DEPTHS.includes(params.depth ?? DEFAULT_DEPTH))
        return 'Subscription depth not supported';
      if (params.channel === 'ohlc' && !INTERVALS.includes(params.interval ?? 1))
        return 'Subscription ohlc interval not supported';
      return wishes.some((wish) => same(wish, stream, params)) ? 'Already subscribed' : undefined;
    },
    subscribe: (stream, params) => {
      for (const pair of PAIRS.filter(({ symbol }) => (params.symbol ?? []).includes(symbol))) {
        const book =
          params.channel === 'book' ? { book: createBookView(venue, pair, params.depth ?? DEFAULT_DEPTH) } : {};
        const wish: Wish = { stream, channel: params.channel, pair, interval: params.interval ?? 1, ...book };
        wishes.push(wish);
        begin(wish, params.snapshot ?? params.channel !== 'trade');
      }
    },
    unsubscribe: (stream, params) => {
      wishes = wishes.filter((wish) => !same(wish, stream, params));
    },
    forget: (stream) => {
      wishes = wishes.filter((wish) => wish.stream !== stream);
    },
  };
}
