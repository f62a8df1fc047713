import type { Exchange } from 'ccxt';
import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ccxtFor } from '#test/exchange/ccxt-clients.ts';
import { type ExchangeProcess, startExchange } from '#test/exchange/client.ts';

const BTC = 'BTC/USDT';

describe('unmodified ccxt at the local binance, over REST', () => {
  let exchange: ExchangeProcess;
  let client: Exchange;

  beforeAll(async () => {
    exchange = await startExchange({ venue: 'binance', seed: 7, marketIntervalMs: 0 });
    client = ccxtFor(exchange);
    await client.loadMarkets();
  });
  afterAll(() => exchange.stop());

  it('loads markets with their filters', () => {
    const market = client.market(BTC);
    expect(market).toMatchObject({ id: 'BTCUSDT', spot: true, active: true });
    expect(market.precision).toMatchObject({ price: 0.01, amount: 0.00001 });
    expect(market.limits?.cost?.min).toBe(5);
  });

  it('tells time, candles, book, ticker and trades', async () => {
    expect(Math.abs(Number(await client.fetchTime()) - Date.now())).toBeLessThan(60_000);
    const candles = await client.fetchOHLCV(BTC, '1m', undefined, 50);
    expect(candles).toHaveLength(50);
    candles.slice(1).forEach((candle, index) => {
      const before = candles[index] ?? [];
      expect(Number(candle[0]) - Number(before[0])).toBe(60_000);
      expect(candle[1]).toBe(before[4]);
    });
    const book = await client.fetchOrderBook(BTC, 10);
    expect(book.bids.length).toBe(10);
    expect(Number(book.bids[0]?.[0])).toBeLessThan(Number(book.asks[0]?.[0]));
    const ticker = await client.fetchTicker(BTC);
    expect(ticker.bid).toBe(book.bids[0]?.[0]);
    await exchange.step(40);
    expect((await client.fetchTrades(BTC)).length).toBeGreaterThan(0);
  });

  it('makes five minutes out of five minutes', async () => {
    const [five] = await client.fetchOHLCV(BTC, '5m', 1_700_000_100_000, 1);
    const ones = await client.fetchOHLCV(BTC, '1m', 1_700_000_100_000, 5);
    expect(ones).toHaveLength(5);
    expect(five?.[1]).toBe(ones[0]?.[1]);
    expect(five?.[2]).toBe(Math.max(...ones.map((one) => Number(one[2]))));
    expect(five?.[3]).toBe(Math.min(...ones.map((one) => Number(one[3]))));
    expect(five?.[4]).toBe(ones[4]?.[4]);
  });

  it('places, finds by client id, and cancels a limit order, holding its money meanwhile', async () => {
    const before = await client.fetchBalance();
    const order = await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, { clientOrderId: 'mt00000000000000a1' });
    expect(order).toMatchObject({ status: 'open', clientOrderId: 'mt00000000000000a1', filled: 0 });
    expect((await client.fetchBalance())['USDT']).toMatchObject({ used: 400 });
    const found = await client.fetchOrder('', BTC, { clientOrderId: 'mt00000000000000a1' });
    expect(found.id).toBe(order.id);
    expect((await client.fetchOpenOrders(BTC)).map(({ id }) => id)).toEqual([order.id]);
    expect(await client.cancelOrder(order.id ?? '', BTC)).toMatchObject({ status: 'canceled' });
    expect(await client.fetchOpenOrders(BTC)).toEqual([]);
    expect((await client.fetchBalance())['USDT']).toEqual(before['USDT']);
    await expect(client.cancelOrder(order.id ?? '', BTC)).rejects.toThrow(ccxt.OrderNotFound);
  });

  it('refuses a client id among open orders only', async () => {
    const params = { clientOrderId: 'mt00000000000000b1' };
    const first = await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, params);
    await expect(client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, params)).rejects.toThrow(
      'Duplicate order sent.',
    );
    await client.cancelOrder(first.id ?? '', BTC);
    const second = await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000, params);
    expect(second.id).not.toBe(first.id);
    expect((await client.fetchOrder('', BTC, params)).id).toBe(second.id);
    await client.cancelAllOrders(BTC);
  });

  it('fills market orders by quantity and by cost, and takes fees in what comes in', async () => {
    const bought = await client.createOrder(BTC, 'market', 'buy', 0.01);
    expect(bought).toMatchObject({ status: 'closed', filled: 0.01 });
    const trades = await client.fetchMyTrades(BTC);
    const last = trades.at(-1);
    expect(last).toMatchObject({ order: bought.id, takerOrMaker: 'taker', fee: { currency: 'BTC' } });
    expect(last?.fee?.cost).toBeCloseTo(Number(last?.amount) * 0.001, 8);
    const cost = await client.createMarketOrderWithCost(BTC, 'buy', 100);
    expect(cost.status).toBe('closed');
    expect(Number(cost.cost)).toBeLessThanOrEqual(100);
    expect(Number(cost.cost)).toBeGreaterThan(99);
    const sold = await client.createOrder(BTC, 'market', 'sell', 0.01);
    expect(sold.status).toBe('closed');
    expect((await client.fetchMyTrades(BTC)).at(-1)?.fee?.currency).toBe('USDT');
  });

  it('knows IOC, FOK and post-only', async () => {
    const { asks } = await client.fetchOrderBook(BTC, 5);
    const [price, quantity] = [Number(asks[0]?.[0]), Number(asks[0]?.[1])];
    const more = Number((quantity + 0.001).toFixed(5));
    const killed = await client.createOrder(BTC, 'limit', 'buy', more, price, { timeInForce: 'FOK' });
    expect(killed).toMatchObject({ status: 'expired', filled: 0 });
    const part = await client.createOrder(BTC, 'limit', 'buy', more, price, { timeInForce: 'IOC' });
    expect(part).toMatchObject({ status: 'expired', filled: quantity });
    await expect(client.createOrder(BTC, 'limit', 'buy', 0.01, price + 100, { postOnly: true })).rejects.toThrow(
      ccxt.OrderImmediatelyFillable,
    );
    const maker = await client.createOrder(BTC, 'limit', 'buy', 0.01, 41_000, { postOnly: true });
    expect(maker).toMatchObject({ status: 'open', postOnly: true });
    await client.cancelAllOrders(BTC);
  });

  it('lets stops wait, triggers them by the last trade, and fills a resting limit only when traded through', async () => {
    const stop = await client.createOrder(BTC, 'market', 'sell', 0.01, undefined, { stopLossPrice: 55_000 });
    const stopLimit = await client.createOrder(BTC, 'limit', 'sell', 0.01, 54_000, { stopLossPrice: 56_000 });
    const resting = await client.createOrder(BTC, 'limit', 'buy', 0.01, 53_000);
    expect([stop.status, stopLimit.status]).toEqual(['open', 'open']);
    await exchange.movePrice('BTCUSDT', '55500');
    expect((await client.fetchOrder(stop.id ?? '', BTC)).status).toBe('open');
    expect((await client.fetchOrder(stopLimit.id ?? '', BTC)).status).toBe('closed');
    await exchange.movePrice('BTCUSDT', '54900');
    expect((await client.fetchOrder(stop.id ?? '', BTC)).status).toBe('closed');
    await exchange.movePrice('BTCUSDT', '53000');
    expect((await client.fetchOrder(resting.id ?? '', BTC)).status).toBe('open');
    await exchange.movePrice('BTCUSDT', '52999.99');
    expect(await client.fetchOrder(resting.id ?? '', BTC)).toMatchObject({ status: 'closed', average: 53_000 });
    await expect(client.createOrder(BTC, 'market', 'sell', 0.01, undefined, { stopLossPrice: 56_000 })).rejects.toThrow(
      'Stop price would trigger immediately.',
    );
    await exchange.movePrice('BTCUSDT', '60000');
  });

  it('replaces an order', async () => {
    const order = await client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000);
    const replaced = await client.editOrder(order.id ?? '', BTC, 'limit', 'buy', 0.02, 41_000);
    expect(replaced).toMatchObject({ status: 'open', price: 41_000, amount: 0.02 });
    expect((await client.fetchOrder(order.id ?? '', BTC)).status).toBe('canceled');
    await expect(client.editOrder(order.id ?? '', BTC, 'limit', 'buy', 0.02, 42_000)).rejects.toThrow('-2022');
    await client.cancelAllOrders(BTC);
    await expect(client.cancelAllOrders(BTC)).rejects.toThrow('Unknown order sent.');
  });

  it.each([
    ['a price off the tick', { price: '40000.001' }, -1013, 'PRICE_FILTER'],
    ['a quantity off the step', { quantity: '0.000011' }, -1013, 'LOT_SIZE'],
    ['too little money', { quantity: '0.00010', price: '40000.00' }, -1013, 'NOTIONAL'],
    ['more decimals than there are', { price: '40000.1234567891' }, -1111, 'too much precision'],
    ['words for numbers', { price: 'much' }, -1100, 'Illegal characters'],
    ['an unknown side', { side: 'HOLD' }, -1117, 'Invalid side'],
    ['an unknown type', { type: 'WISH' }, -1116, 'Invalid orderType'],
    ['an unknown symbol', { symbol: 'NOPE' }, -1121, 'Invalid symbol'],
    ['no price', { price: '' }, -1102, "Mandatory parameter 'price'"],
    ['too long an id', { newClientOrderId: 'x'.repeat(37) }, -1100, 'newClientOrderId'],
    ['more than it owns', { quantity: '10', price: '50000' }, -2010, 'insufficient balance'],
  ])('refuses %s with the code and the text of the venue', async (_what, wrong, code, text) => {
    const request = {
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: '0.01',
      price: '40000',
      newClientOrderId: 'mt00000000000000c1',
      ...wrong,
    };
    const { orders } = await exchange.truth();
    const raw = client as unknown as { privatePostOrder(params: object): Promise<unknown> };
    await expect(raw.privatePostOrder(request)).rejects.toThrow(text);
    await raw.privatePostOrder(request).catch((error: Error) => {
      // ccxt words some of these errors itself and leaves the code out.
      if (error.message.includes('"code"')) expect(error.message).toContain(String(code));
    });
    expect((await exchange.truth()).orders).toHaveLength(orders.length);
  });

  it('refuses while the market is closed and while it is being maintained', async () => {
    await exchange.setMarketOpen('BTCUSDT', false);
    await expect(client.createOrder(BTC, 'limit', 'buy', 0.01, 40_000)).rejects.toThrow(ccxt.MarketClosed);
    await exchange.setMarketOpen('BTCUSDT', true);
    await exchange.setMaintenance(true);
    await expect(client.fetchBalance()).rejects.toThrow(ccxt.OnMaintenance);
    await exchange.setMaintenance(false);
  });

  it('checks keys, signatures, rights and clocks', async () => {
    const wrongSecret = ccxtFor(exchange, { secret: 'not the secret' });
    await expect(wrongSecret.fetchBalance()).rejects.toThrow('Signature for this request is not valid.');
    const wrongKey = ccxtFor(exchange, { apiKey: 'nobody' });
    await expect(wrongKey.fetchBalance()).rejects.toThrow(ccxt.AuthenticationError);
    await exchange.setKey({ key: 'reader', secret: 'reader', trade: false });
    const reader = ccxtFor(exchange, { apiKey: 'reader', secret: 'reader' });
    await reader.fetchBalance();
    // After one success ccxt takes this very answer for a temporary ban, and says so.
    await expect(reader.createOrder(BTC, 'limit', 'buy', 0.01, 40_000)).rejects.toThrow('-2015');
    await exchange.setSkew(120_000);
    await expect(client.fetchBalance()).rejects.toThrow(ccxt.InvalidNonce);
    await exchange.setSkew(-120_000);
    await expect(client.fetchBalance()).rejects.toThrow("1000ms ahead of the server's time");
    await exchange.setSkew(0);
    await client.fetchBalance();
  });

  it('tells whether a key may withdraw', async () => {
    const asked = client as unknown as { sapiGetAccountApiRestrictions(): Promise<{ enableWithdrawals: boolean }> };
    expect((await asked.sapiGetAccountApiRestrictions()).enableWithdrawals).toBe(false);
    await exchange.setKey({ key: client.apiKey ?? '', secret: client.secret ?? '', withdraw: true });
    expect((await asked.sapiGetAccountApiRestrictions()).enableWithdrawals).toBe(true);
  });
});
