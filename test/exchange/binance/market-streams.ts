import { z } from 'zod';
import { gatherBookChanges } from '../core/book-changes.ts';
import type { Channel } from '../core/faults.ts';
import type { Venue } from '../core/venue.ts';
import type { StreamSocket } from '../server/stream-socket.ts';
import { INTERVALS } from './intervals.ts';
import * as payload from './stream-payloads.ts';

const BOOK_MS = 100;
const SECOND_MS = 1000;

const requestSchema = z.object({
  method: z.enum(['SUBSCRIBE', 'UNSUBSCRIBE', 'LIST_SUBSCRIPTIONS']),
  params: z.array(z.string()).default([]),
  id: z.union([z.int(), z.string()]),
});

type Connection = { readonly stream: StreamSocket; readonly names: Set<string>; readonly combined: boolean };

const NAME = /^([a-z0-9]+)@(depth(@100ms|@1000ms)?|trade|aggTrade|ticker|miniTicker|bookTicker|kline_\w+)$/;
const EVERYTHING = ['!ticker@arr', '!miniTicker@arr'];

function isStream(venue: Venue, name: string): boolean {
  if (EVERYTHING.includes(name)) return true;
  const match = NAME.exec(name);
  if (match === null || venue.exchange.market((match[1] ?? '').toUpperCase()) === undefined) return false;
  const kline = match[2]?.startsWith('kline_') === true ? match[2].slice(6) : undefined;
  return kline === undefined || INTERVALS[kline] !== undefined;
}

/** The public streams: each connection names what it wants, and gets the bare messages, or wrapped ones on a combined stream. */
export function createMarketStreams(venue: Venue): { open(path: string, stream: StreamSocket): void } {
  const connections = new Set<Connection>();
  const changes = gatherBookChanges(venue.exchange);
  const lastCandle = new Map<string, string>();
  const instruments = venue.exchange.instruments();

  const publish = (channel: Channel, name: string, message: () => unknown): void => {
    const wanting = [...connections].filter((connection) => connection.names.has(name));
    if (wanting.length === 0) return;
    const data = message();
    for (const { stream, combined } of wanting) stream.news(channel, combined ? { stream: name, data } : data);
  };
  const flushBooks = (): void => {
    for (const { id } of instruments) {
      const changed = changes.take(id);
      if (changed === undefined) continue;
      const name = id.toLowerCase();
      const update = () => payload.depthUpdate(id, changed, venue.clock.now());
      // Slower rates are sent at the fast one: a client must not depend on the pace.
      for (const rate of ['', '@100ms', '@1000ms']) publish('book', `${name}@depth${rate}`, update);
      publish('ticker', `${name}@bookTicker`, () => payload.bookTickerMessage(venue, id));
    }
  };
  const flushSlow = (): void => {
    for (const { id } of instruments) {
      const name = id.toLowerCase();
      publish('ticker', `${name}@ticker`, () => payload.tickerMessage(venue, id));
      publish('ticker', `${name}@miniTicker`, () => payload.miniTickerMessage(venue, id));
    }
    publish('ticker', '!ticker@arr', () => instruments.map(({ id }) => payload.tickerMessage(venue, id)));
    publish('ticker', '!miniTicker@arr', () => instruments.map(({ id }) => payload.miniTickerMessage(venue, id)));
    flushCandles();
  };
  const flushCandles = (): void => {
    const wanted = new Set(
      [...connections].flatMap(({ names }) => [...names].filter((name) => name.includes('@kline_'))),
    );
    for (const name of wanted) {
      const [symbol = '', kline = ''] = name.split('@kline_');
      const interval = INTERVALS[kline];
      if (interval === undefined) continue;
      const id = symbol.toUpperCase();
      const now = venue.clock.now();
      const candle = venue.tape.candle(id, interval, now);
      const before = lastCandle.get(name);
      const mark = `${candle.openTime}`;
      if (before !== undefined && before !== mark) {
        const closed = venue.tape.candle(id, interval, Number(before));
        publish('candle', name, () => payload.klineMessage(id, kline, closed, true, now));
      }
      lastCandle.set(name, mark);
      publish('candle', name, () => payload.klineMessage(id, kline, candle, false, now));
    }
  };

  venue.exchange.listen({
    trade: (trade) => {
      const name = trade.instrument.toLowerCase();
      publish('trade', `${name}@trade`, () => payload.tradeMessage(trade));
      publish('trade', `${name}@aggTrade`, () => payload.aggregateMessage(trade));
    },
  });
  setInterval(flushBooks, BOOK_MS).unref();
  setInterval(flushSlow, SECOND_MS).unref();

  return {
    open: (path, stream) => {
      const combined = /^\/stream(\?|$)/.test(path);
      const named = new URLSearchParams(path.split('?')[1] ?? '').get('streams')?.split('/') ?? [];
      const connection: Connection = { stream, names: new Set(named), combined };
      connections.add(connection);
      stream.onClose(() => connections.delete(connection));
      stream.onMessage((message) => {
        const request = requestSchema.safeParse(message);
        if (!request.success) return stream.answer({ error: { code: 2, msg: 'Invalid request' } });
        const { method, params, id } = request.data;
        if (method === 'LIST_SUBSCRIPTIONS') return stream.answer({ result: [...connection.names], id });
        const wrong = params.find((name) => !isStream(venue, name));
        if (wrong !== undefined)
          return stream.answer({ error: { code: 2, msg: `Invalid request: invalid stream ${wrong}` }, id });
        for (const name of params) {
          if (method === 'SUBSCRIBE') connection.names.add(name);
          else connection.names.delete(name);
        }
        stream.answer({ result: null, id });
      });
    },
  };
}
