import ccxt, { type Exchange, type Order } from 'ccxt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ccxtFor, ccxtProFor } from '#test/exchange/ccxt-clients.ts';
import { type ExchangeProcess, startExchange } from '#test/exchange/client.ts';
import { followBook, parseBookMessage } from '#test/unit/exchange/book-follower.ts';

const BTC = 'BTC/USD';
const DEPTH = 25;

async function forever(watch: () => Promise<unknown>): Promise<never> {
  for (;;) await watch();
}

describe('unmodified ccxt.pro at the local kraken, over WebSocket', () => {
  let exchange: ExchangeProcess;
  let stream: Exchange;
  let rest: Exchange;

  beforeAll(async () => {
    exchange = await startExchange({ venue: 'kraken', seed: 11, marketIntervalMs: 20 });
    rest = ccxtFor(exchange);
    await rest.loadMarkets();
  });
  afterAll(() => exchange.stop());
  beforeEach(async () => {
    stream = await ccxtProFor(exchange);
  });
  afterEach(async () => {
    await exchange.setFaults([]);
    await stream.close();
  });

  it('keeps a book that never crosses', async () => {
    for (let update = 0; update < 30; update++) {
      const book = await stream.watchOrderBook(BTC);
      expect(Number(book.bids[0]?.[0])).toBeLessThan(Number(book.asks[0]?.[0]));
    }
  });

  it('sends checksums that hold for the digits on the wire', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${exchange.port}/v2`);
    const subscriber = followBook(DEPTH);
    const verdicts: boolean[] = [];
    await new Promise<void>((done) => {
      socket.on('open', () =>
        socket.send(JSON.stringify({ method: 'subscribe', params: { channel: 'book', symbol: [BTC], depth: DEPTH } })),
      );
      socket.on('message', (bytes: Buffer) => {
        const verdict = subscriber.take(parseBookMessage(bytes.toString()));
        if (verdict !== undefined) verdicts.push(verdict.holds);
        if (verdicts.length >= 40) done();
      });
    });
    socket.close();
    expect(verdicts).not.toContain(false);
  });

  it('watches trades, ticker and candles', async () => {
    const [trades, ticker, candles] = await Promise.all([
      stream.watchTrades(BTC),
      stream.watchTicker(BTC),
      stream.watchOHLCV(BTC, '1m'),
    ]);
    expect(trades[0]).toMatchObject({ symbol: BTC });
    expect(Number(ticker.bid)).toBeLessThan(Number(ticker.ask));
    expect(Number(candles[0]?.[2])).toBeGreaterThanOrEqual(Number(candles[0]?.[3]));
  });

  it('tells orders, fills and balances of the account', async () => {
    await stream.watchBalance();
    const orders = stream.watchOrders();
    const placed = await rest.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, { clientOrderId: 'mt00000000000000d1' });
    const balance = stream.watchBalance();
    const trades = stream.watchMyTrades(BTC);
    const statuses = async (from: Promise<Order[]>, wanted: string): Promise<void> => {
      for (let update = from; ; update = stream.watchOrders())
        if ((await update).some(({ id, status }) => id === placed.id && status === wanted)) return;
    };
    await statuses(orders, 'open');
    const canceled = statuses(stream.watchOrders(), 'canceled');
    await rest.cancelOrder(placed.id ?? '', BTC);
    await canceled;
    const bought = await rest.createOrder(BTC, 'market', 'buy', 0.01);
    expect((await balance)['USD']?.total).toBeDefined();
    expect((await trades).map(({ order }) => order)).toContain(bought.id);
  });

  it('numbers the messages of an account, so that a missing one can be noticed', async () => {
    await exchange.setFaults([{ fault: 'gap', on: 'stream', channel: 'private', skip: 3, times: 1 }]);
    const token = await (
      rest as unknown as { privatePostGetWebSocketsToken(): Promise<{ result: { token: string } }> }
    ).privatePostGetWebSocketsToken();
    const socket = new WebSocket(`ws://127.0.0.1:${exchange.port}/auth/v2`);
    const sequences: number[] = [];
    const enough = new Promise<void>((done) => {
      socket.on('message', (bytes: Buffer) => {
        const message = JSON.parse(bytes.toString()) as { channel?: string; method?: string; sequence?: number };
        if (message.channel === 'executions' && message.sequence !== undefined) sequences.push(message.sequence);
        if (message.channel === 'executions' && sequences.length === 1)
          void rest.createOrder(BTC, 'market', 'buy', 0.001);
        if (sequences.includes(5)) done();
      });
    });
    await new Promise((done) => socket.once('open', done));
    socket.send(JSON.stringify({ method: 'subscribe', params: { channel: 'executions', token: token.result.token } }));
    await enough;
    socket.close();
    expect(sequences.slice(0, 4)).toEqual([1, 2, 3, 5]);
  });

  it('refuses a stream without a token of its own', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${exchange.port}/auth/v2`);
    await new Promise((done) => socket.once('open', done));
    const answer = new Promise<string>((done) => {
      socket.on('message', (bytes: Buffer) => {
        if (bytes.includes('success')) done(bytes.toString());
      });
    });
    socket.send(JSON.stringify({ method: 'subscribe', params: { channel: 'executions', token: 'made up' } }));
    expect(await answer).toContain('ESession:Invalid session');
    socket.close();
  });

  it('drops streams, and ccxt says so', async () => {
    await stream.watchTrades(BTC);
    const broken = expect(forever(() => stream.watchTrades(BTC))).rejects.toThrow(ccxt.NetworkError);
    await exchange.dropStreams();
    await broken;
    expect((await stream.watchTrades(BTC)).length).toBeGreaterThan(0);
  });
});
