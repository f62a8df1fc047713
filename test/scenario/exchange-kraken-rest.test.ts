import type { Exchange } from 'ccxt';
import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ccxtFor } from '#test/exchange/ccxt-clients.ts';
import { type ExchangeProcess, startExchange } from '#test/exchange/client.ts';

const BTC = 'BTC/USD';

/** Calls that ccxt offers and does not declare. */
type Implicit = Record<
  'privatePostAddOrder' | 'privatePostGetApiKeyInfo' | 'privatePostWithdrawMethods' | 'privatePostClosedOrders',
  (params?: object) => Promise<{ result: Record<string, unknown> }>
>;

describe('unmodified ccxt at the local kraken, over REST', () => {
  let exchange: ExchangeProcess;
  let client: Exchange;
  const implicit = (): Implicit => client as unknown as Implicit;

  beforeAll(async () => {
    exchange = await startExchange({ venue: 'kraken', seed: 7, marketIntervalMs: 0 });
    client = ccxtFor(exchange);
    await client.loadMarkets();
  });
  afterAll(() => exchange.stop());

  it('loads markets with their filters', () => {
    const market = client.market(BTC);
    expect(market).toMatchObject({ id: 'XXBTZUSD', spot: true, active: true, maker: 0.0025, taker: 0.004 });
    expect(market.precision).toMatchObject({ price: 0.1, amount: 1e-8 });
    expect(market.limits?.amount?.min).toBe(0.00005);
  });

  it('tells time, status, candles, book, ticker and trades', async () => {
    expect(Math.abs(Number(await client.fetchTime()) - Date.now())).toBeLessThan(60_000);
    expect((await client.fetchStatus()).status).toBe('ok');
    const candles = await client.fetchOHLCV(BTC, '1h', undefined, 24);
    expect(candles).toHaveLength(24);
    expect(await client.fetchOHLCV(BTC, '1m', Date.now() - 90 * 86_400_000)).toHaveLength(720);
    const book = await client.fetchOrderBook(BTC, 10);
    expect(Number(book.bids[0]?.[0])).toBeLessThan(Number(book.asks[0]?.[0]));
    expect((await client.fetchTicker(BTC)).bid).toBe(book.bids[0]?.[0]);
    await exchange.step(40);
    expect((await client.fetchTrades(BTC)).length).toBeGreaterThan(0);
  });

  it('places, finds by client id, and cancels a limit order, holding its money with the fee meanwhile', async () => {
    const clientOrderId = 'mt00000000000000a1';
    const order = await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, { clientOrderId });
    expect(order.id).toMatch(/^O[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{6}$/);
    expect((await client.fetchBalance())['USD']).toMatchObject({ used: 401.6 });
    const [found] = await client.fetchOpenOrders(BTC, undefined, undefined, { clientOrderId });
    expect(found).toMatchObject({ id: order.id, clientOrderId, status: 'open', price: 40_000, amount: 0.01 });
    expect((await client.fetchOrder(order.id ?? '', BTC)).status).toBe('open');
    await client.cancelOrder('', BTC, { clientOrderId });
    expect(await client.fetchOpenOrders(BTC)).toEqual([]);
    const [closed] = await client.fetchClosedOrders(BTC, undefined, undefined, { clientOrderId });
    expect(closed).toMatchObject({ id: order.id, status: 'canceled' });
    expect((await client.fetchBalance())['USD']).toMatchObject({ used: 0 });
    await expect(client.cancelOrder(order.id ?? '', BTC)).rejects.toThrow(ccxt.OrderNotFound);
  });

  it('refuses a client id among open orders only, and lets a label be shared', async () => {
    const params = { clientOrderId: 'mt00000000000000b1' };
    const first = await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, params);
    await expect(client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, params)).rejects.toThrow('Duplicate');
    await client.cancelOrder(first.id ?? '', BTC);
    const second = await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, params);
    expect(second.id).not.toBe(first.id);
    await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, { userref: 77 });
    await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, { userref: 77 });
    expect(await client.fetchOpenOrders(BTC, undefined, undefined, { userref: 77 })).toHaveLength(2);
    await expect(client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, { ...params, userref: 1 })).rejects.toThrow(
      ccxt.BaseError,
    );
    await client.cancelAllOrders();
    expect(await client.fetchOpenOrders()).toEqual([]);
  });

  it('fills market orders by quantity and by cost, with fees in quote', async () => {
    const bought = await client.createOrder(BTC, 'market', 'buy', 0.01);
    expect(await client.fetchOrder(bought.id ?? '', BTC)).toMatchObject({ status: 'closed', filled: 0.01 });
    const trade = (await client.fetchMyTrades(BTC)).find(({ order }) => order === bought.id);
    expect(trade).toMatchObject({ takerOrMaker: 'taker', side: 'buy', fee: { currency: 'USD' } });
    expect(Number(trade?.fee?.cost)).toBeCloseTo(Number(trade?.cost) * 0.004, 4);
    const cost = await client.createMarketOrderWithCost(BTC, 'buy', 100);
    const done = await client.fetchOrder(cost.id ?? '', BTC);
    expect(done.status).toBe('closed');
    expect(Number(done.cost) * 1.004).toBeLessThanOrEqual(100.001);
    expect(Number(done.cost) * 1.004).toBeGreaterThan(99.9);
  });

  it('knows IOC and post-only', async () => {
    const { asks } = await client.fetchOrderBook(BTC, 5);
    const price = Number(asks[0]?.[0]);
    const part = await client.createOrder(BTC, 'limit', 'buy', Number(asks[0]?.[1]) + 0.01, price, {
      timeInForce: 'IOC',
    });
    const ended = await client.fetchOrder(part.id ?? '', BTC);
    expect(ended.status).toBe('canceled');
    expect(Number(ended.filled)).toBeGreaterThan(0);
    await expect(client.createOrder(BTC, 'limit', 'buy', 0.01, price + 100, { postOnly: true })).rejects.toThrow(
      'Post only order',
    );
    const maker = await client.createOrder(BTC, 'limit', 'buy', 0.01, 41_000, { postOnly: true });
    expect(await client.fetchOrder(maker.id ?? '', BTC)).toMatchObject({ status: 'open', postOnly: true });
    await client.cancelAllOrders();
  });

  it('lets stops wait and triggers them by the last trade', async () => {
    const stop = await client.createOrder(BTC, 'market', 'sell', 0.01, undefined, { stopLossPrice: 55_000 });
    const stopLimit = await client.createOrder(BTC, 'limit', 'sell', 0.01, 54_000, { stopLossPrice: 56_000 });
    expect(stopLimit).toMatchObject({ type: 'limit', price: 54_000 });
    const open = await client.fetchOpenOrders(BTC);
    expect(new Set(open.map(({ stopLossPrice }) => stopLossPrice))).toEqual(new Set([55_000, 56_000]));
    await exchange.movePrice('XBTUSD', '55500');
    expect((await client.fetchOrder(stop.id ?? '', BTC)).status).toBe('open');
    expect((await client.fetchOrder(stopLimit.id ?? '', BTC)).status).toBe('closed');
    await exchange.movePrice('XBTUSD', '55000');
    expect((await client.fetchOrder(stop.id ?? '', BTC)).status).toBe('closed');
    await exchange.movePrice('XBTUSD', '60000');
  });

  it('amends an order in place', async () => {
    const order = await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000);
    await client.editOrder(order.id ?? '', BTC, 'limit', 'buy', 0.02, 41_000);
    expect(await client.fetchOrder(order.id ?? '', BTC)).toMatchObject({ status: 'open', price: 41_000, amount: 0.02 });
    expect((await client.fetchBalance())['USD']).toMatchObject({ used: 823.28 });
    await client.cancelOrder(order.id ?? '', BTC);
    await expect(client.editOrder(order.id ?? '', BTC, 'limit', 'buy', 0.02, 42_000)).rejects.toThrow('Unknown order');
  });

  it('cancels everything when its master is not heard of, and lets the switch be disarmed', async () => {
    await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000);
    await client.cancelAllOrdersAfter(1000);
    await client.cancelAllOrdersAfter(0);
    await new Promise((done) => setTimeout(done, 1300));
    expect(await client.fetchOpenOrders(BTC)).toHaveLength(1);
    await client.cancelAllOrdersAfter(1000);
    await expect.poll(() => client.fetchOpenOrders(BTC), { interval: 100 }).toEqual([]);
  });

  it('shows fifty closed orders at a time', async () => {
    for (let count = 0; count < 51; count++) {
      const order = await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000);
      await client.cancelOrder(order.id ?? '', BTC);
    }
    expect(await client.fetchClosedOrders(BTC)).toHaveLength(50);
    const second = await implicit().privatePostClosedOrders({ ofs: 50 });
    expect(Object.keys(second.result['closed'] as object).length).toBeGreaterThan(0);
  });

  it.each([
    ['a price off the tick', { price: '40000.01' }, 'EOrder:Tick size check failed'],
    ['too small a quantity', { volume: '0.00001' }, 'EOrder:Order minimum not met'],
    ['more decimals than there are', { volume: '0.0100000001' }, 'EGeneral:Invalid arguments:volume'],
    ['words for numbers', { price: 'much' }, 'EGeneral:Invalid arguments:price'],
    ['an unknown side', { type: 'hold' }, 'EGeneral:Invalid arguments:type'],
    ['an unknown type', { ordertype: 'wish' }, 'EGeneral:Invalid arguments:ordertype'],
    ['an unknown pair', { pair: 'NOPE' }, 'EQuery:Unknown asset pair'],
    ['too long an id', { cl_ord_id: 'x'.repeat(19) }, 'EGeneral:Invalid arguments:cl_ord_id'],
    ['more than it owns', { volume: '10' }, 'EOrder:Insufficient funds'],
    ['a deadline that passed', { deadline: '2020-01-01T00:00:00Z' }, 'EService:Deadline elapsed'],
    ['a deadline too far away', { deadline: '2199-01-01T00:00:00Z' }, 'EGeneral:Invalid arguments:deadline'],
  ])('refuses %s with the text of the venue', async (_what, wrong, text) => {
    const request = { pair: 'XXBTZUSD', type: 'buy', ordertype: 'limit', volume: '0.01', price: '40000', ...wrong };
    const { orders } = await exchange.truth();
    await expect(implicit().privatePostAddOrder(request)).rejects.toThrow(text);
    expect((await exchange.truth()).orders).toHaveLength(orders.length);
  });

  it('refuses while the market is closed and while it is being maintained', async () => {
    await exchange.setMarketOpen('XBTUSD', false);
    await expect(client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000)).rejects.toThrow(ccxt.OnMaintenance);
    await exchange.setMarketOpen('XBTUSD', true);
    await exchange.setMaintenance(true);
    await expect(client.fetchBalance()).rejects.toThrow(ccxt.ExchangeNotAvailable);
    await exchange.setMaintenance(false);
  });

  it('checks keys, signatures, nonces and rights', async () => {
    const wrongSecret = ccxtFor(exchange, { secret: Buffer.from('not it').toString('base64') });
    await expect(wrongSecret.fetchBalance()).rejects.toThrow('EAPI:Invalid signature');
    const wrongKey = ccxtFor(exchange, { apiKey: 'nobody' });
    await expect(wrongKey.fetchBalance()).rejects.toThrow(ccxt.AuthenticationError);
    await client.fetchBalance();
    const old = ccxtFor(exchange, { nonce: () => 5 });
    await expect(old.fetchBalance()).rejects.toThrow(ccxt.InvalidNonce);
    const secret = Buffer.from('reader').toString('base64');
    await exchange.setKey({ key: 'reader', secret, trade: false });
    const reader = ccxtFor(exchange, { apiKey: 'reader', secret });
    await reader.fetchBalance();
    await expect(reader.createOrder(BTC, 'limit', 'buy', 0.01, 40_000)).rejects.toThrow(ccxt.PermissionDenied);
  });

  it('tells whether a key may withdraw', async () => {
    const permissions = async () => (await implicit().privatePostGetApiKeyInfo()).result['permissions'];
    expect(await permissions()).not.toContain('withdraw-funds');
    await expect(implicit().privatePostWithdrawMethods()).rejects.toThrow(ccxt.PermissionDenied);
    await exchange.setKey({ key: client.apiKey ?? '', secret: client.secret ?? '', withdraw: true });
    expect(await permissions()).toContain('withdraw-funds');
    await implicit().privatePostWithdrawMethods();
  });
});
