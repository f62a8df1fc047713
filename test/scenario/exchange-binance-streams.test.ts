import ccxt, { type Exchange } from 'ccxt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ccxtFor, ccxtProFor } from '#test/exchange/ccxt-clients.ts';
import { type ExchangeProcess, startExchange } from '#test/exchange/client.ts';

const BTC = 'BTC/USDT';

/** Watches until it fails. */
async function forever(watch: () => Promise<unknown>): Promise<never> {
  for (;;) await watch();
}

describe('unmodified ccxt.pro at the local binance, over WebSocket', () => {
  let exchange: ExchangeProcess;
  let stream: Exchange;
  let rest: Exchange;

  /** Until the account stream of this test's client is open: what happens before it opens is not told. */
  let subscriptions = 0;
  const subscribed = async (): Promise<void> => {
    subscriptions += 1;
    await expect
      .poll(async () => (await exchange.truth()).requests['WS account subscription'], { interval: 20 })
      .toBe(subscriptions);
  };

  beforeAll(async () => {
    exchange = await startExchange({ venue: 'binance', seed: 11, marketIntervalMs: 20 });
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

  it('keeps a book by chained differences', async () => {
    for (let update = 0; update < 10; update++) {
      const book = await stream.watchOrderBook(BTC);
      expect(Number(book.bids[0]?.[0])).toBeLessThan(Number(book.asks[0]?.[0]));
      expect(book.nonce).toBeGreaterThan(1000);
    }
  });

  it('ends at the book of the venue when the market stands still', async () => {
    const still = await startExchange({ venue: 'binance', seed: 12, marketIntervalMs: 0 });
    const watcher = await ccxtProFor(still);
    try {
      await watcher.watchOrderBook(BTC);
      let watched = watcher.watchOrderBook(BTC);
      await still.step(200);
      const asked = await ccxtFor(still).fetchOrderBook(BTC, 1000);
      for (;;) {
        const book = await watched;
        if (book.nonce === asked.nonce) {
          expect(book.bids).toEqual(asked.bids);
          expect(book.asks).toEqual(asked.asks);
          break;
        }
        watched = watcher.watchOrderBook(BTC);
      }
    } finally {
      await watcher.close();
      await still.stop();
    }
  });

  it('watches trades, ticker and candles', async () => {
    const [trades, ticker, candles] = await Promise.all([
      stream.watchTrades(BTC),
      stream.watchTicker(BTC),
      stream.watchOHLCV(BTC, '1m'),
    ]);
    expect(trades[0]).toMatchObject({ symbol: BTC });
    expect(Number(ticker.last)).toBeGreaterThan(0);
    expect(Number(candles[0]?.[2])).toBeGreaterThanOrEqual(Number(candles[0]?.[3]));
  });

  it('tells orders, fills and balances of the account', async () => {
    const order = stream.watchOrders(BTC);
    const balance = stream.watchBalance();
    const trade = stream.watchMyTrades(BTC);
    await subscribed();
    const clientOrderId = 'mt00000000000000d1';
    const placed = await rest.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, { clientOrderId });
    expect((await order)[0]).toMatchObject({ id: placed.id, clientOrderId, status: 'open' });
    expect((await balance)['USDT']).toMatchObject({ used: 400 });
    const canceled = stream.watchOrders(BTC);
    await rest.cancelOrder(placed.id ?? '', BTC);
    expect((await canceled)[0]).toMatchObject({ id: placed.id, clientOrderId, status: 'canceled' });
    const bought = await rest.createOrder(BTC, 'market', 'buy', 0.01);
    expect((await trade)[0]).toMatchObject({ order: bought.id, takerOrMaker: 'taker' });
  });

  it('refuses a subscription with a wrong signature', async () => {
    const wrong = await ccxtProFor(exchange, { secret: 'not the secret' });
    await wrong.loadMarkets().catch(() => undefined);
    await expect(wrong.watchBalance()).rejects.toThrow(ccxt.BaseError);
    await wrong.close();
  });

  it.each(['gap', 'reorder'] as const)('has ccxt notice a %s in the book, and recover', async (fault) => {
    // Past the snapshot: a difference that the snapshot already holds may be missed without harm.
    while ((await stream.watchOrderBook(BTC)).timestamp === undefined);
    const noticed = expect(forever(() => stream.watchOrderBook(BTC))).rejects.toThrow(ccxt.ChecksumError);
    await exchange.setFaults([{ fault, on: 'stream', channel: 'book', times: 1 }]);
    await noticed;
    expect((await exchange.truth()).faults[`${fault} on stream`]).toBeGreaterThan(0);
    const book = await stream.watchOrderBook(BTC);
    expect(Number(book.bids[0]?.[0])).toBeLessThan(Number(book.asks[0]?.[0]));
  });

  it('repeats a report when told to', async () => {
    const seen: string[] = [];
    const first = stream.watchMyTrades(BTC);
    await subscribed();
    await exchange.setFaults([{ fault: 'duplicate', on: 'stream', channel: 'private' }]);
    await rest.createOrder(BTC, 'market', 'buy', 0.001);
    for (const trade of await first) seen.push(String(trade.id));
    const { faults } = await exchange.truth();
    expect(faults['duplicate on stream']).toBeGreaterThan(0);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('drops streams, and ccxt says so', async () => {
    await stream.watchTrades(BTC);
    const broken = expect(forever(() => stream.watchTrades(BTC))).rejects.toThrow(ccxt.NetworkError);
    await exchange.dropStreams();
    await broken;
    expect((await stream.watchTrades(BTC)).length).toBeGreaterThan(0);
  });
});
