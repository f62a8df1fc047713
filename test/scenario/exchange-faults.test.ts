import type { Exchange } from 'ccxt';
import ccxt from 'ccxt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ccxtFor } from '#test/exchange/ccxt-clients.ts';
import { type ExchangeProcess, type FaultInput, startExchange } from '#test/exchange/client.ts';

/** How long a client of this test waits, in ms; what a late venue does comes after it. */
const PATIENCE_MS = 800;
const LATE_MS = 1600;

/** For what surely comes, and may take its time on a busy machine. */
const WAIT = { interval: 50 };

const VENUES = {
  binance: { symbol: 'BTC/USDT', instrument: 'BTCUSDT' },
  kraken: { symbol: 'BTC/USD', instrument: 'XBTUSD' },
} as const;

/** `error`: ccxt throws. `nothing`: it throws a bug of its own, or gives an order without an id; both must never be taken for an answer. */
type Ending = 'error' | 'nothing' | 'order';
const ENDINGS: readonly (readonly [FaultInput['fault'], boolean, Ending])[] = [
  ['lost', false, 'error'],
  ['reset', false, 'error'],
  ['timeout', false, 'error'],
  ['rate_limited', false, 'error'],
  ['banned', false, 'error'],
  ['maintenance', false, 'error'],
  ['unavailable', false, 'error'],
  ['html', false, 'nothing'],
  ['huge', false, 'nothing'],
  ['empty', false, 'nothing'],
  ['late', true, 'error'],
  ['slow', true, 'order'],
  ['accepted_dropped', true, 'error'],
  ['accepted_reset', true, 'error'],
  ['accepted_timeout', true, 'error'],
  ['accepted_5xx', true, 'error'],
  ['accepted_unknown', true, 'error'],
  ['accepted_html', true, 'nothing'],
  ['accepted_huge', true, 'nothing'],
  ['accepted_empty', true, 'nothing'],
  ['accepted_wrong_types', true, 'nothing'],
];

describe.each(['binance', 'kraken'] as const)('faults of the local %s', (venue) => {
  const { symbol, instrument } = VENUES[venue];
  let exchange: ExchangeProcess;
  let client: Exchange;
  const place = (params: Record<string, unknown> = {}) =>
    client.createOrder(symbol, 'limit', 'buy', 0.01, 40_000, params);
  const orders = async () => (await exchange.truth()).orders;
  const fired = async (name: string) => (await exchange.truth()).faults[name];
  const settle = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const cancelAll = () => client.cancelAllOrders(symbol).catch(() => undefined);

  beforeAll(async () => {
    exchange = await startExchange({ venue, seed: 3, marketIntervalMs: 0 });
    client = ccxtFor(exchange, { timeout: PATIENCE_MS });
    await client.loadMarkets();
  });
  afterAll(() => exchange.stop());
  afterEach(async () => {
    await exchange.setFaults([]);
    await cancelAll();
  });

  it.each(ENDINGS)('create, %s: accepted %s, and the client gets %s', async (fault, accepted, ending) => {
    await exchange.setFaults([{ fault, on: 'create', times: 1, delayMs: fault === 'late' ? LATE_MS : 50 }]);
    const before = (await orders()).length;
    const answer = await place().then(
      (order) => (order.id === undefined ? 'nothing' : 'order'),
      // What is no error of ccxt's own came out of reading nonsense; kraken's nonsense may also look like a list of errors.
      (error: unknown) => (error instanceof ccxt.BaseError && !fault.endsWith('wrong_types') ? 'error' : 'nothing'),
    );
    expect(answer).toBe(ending);
    if (fault === 'late') await expect.poll(async () => (await orders()).length, WAIT).toBe(before + 1);
    expect((await orders()).length).toBe(before + (accepted ? 1 : 0));
    expect(await fired(`${fault} on create`)).toBe(1);
    await place();
    expect((await orders()).length).toBe(before + (accepted ? 2 : 1));
  });

  it('a late request is not accepted after its own expiry', async () => {
    await exchange.setFaults([{ fault: 'late', on: 'create', times: 1, delayMs: LATE_MS }]);
    const before = (await orders()).length;
    const count = (await fired('late on create')) ?? 0;
    const soon = new Date(Date.now() + PATIENCE_MS).toISOString();
    await expect(place(venue === 'binance' ? { recvWindow: PATIENCE_MS } : { deadline: soon })).rejects.toThrow(
      ccxt.RequestTimeout,
    );
    await settle(LATE_MS);
    expect((await orders()).length).toBe(before);
    expect(await fired('late on create')).toBe(count + 1);
  });

  it('a hidden order is not found for a while, though it is there', async () => {
    // The venue's clock is put forward instead of waiting for it, by less than what makes requests look old.
    await exchange.setFaults([{ fault: 'hidden', on: 'create', times: 1, delayMs: 5000 }]);
    const { id = '' } = await place();
    expect(await client.fetchOpenOrders(symbol)).toEqual([]);
    await expect(client.fetchOrder(id, symbol)).rejects.toThrow(ccxt.OrderNotFound);
    expect((await orders()).at(-1)).toMatchObject({ status: 'open' });
    await exchange.setSkew(5500);
    expect((await client.fetchOpenOrders(symbol)).map((order) => order.id)).toEqual([id]);
    await exchange.setSkew(0);
    expect(await fired('hidden on create')).toBe(1);
  });

  it('a part is filled at once', async () => {
    await exchange.setFaults([{ fault: 'partial_fill', on: 'create', times: 1, fraction: 0.3 }]);
    const { id = '' } = await place();
    expect(await client.fetchOrder(id, symbol)).toMatchObject({ status: 'open', filled: 0.003 });
    expect(await client.fetchMyTrades(symbol)).toHaveLength(1);
  });

  it('an order is filled while it is being canceled', async () => {
    const { id = '' } = await place();
    await exchange.setFaults([{ fault: 'fill_on_cancel', on: 'cancel', times: 1 }]);
    await expect(client.cancelOrder(id, symbol)).rejects.toThrow(ccxt.OrderNotFound);
    expect(await client.fetchOrder(id, symbol)).toMatchObject({ status: 'closed', filled: 0.01 });
  });

  it('a part is filled while the rest is being canceled', async () => {
    const { id = '' } = await place();
    await exchange.setFaults([{ fault: 'partial_fill', on: 'cancel', times: 1 }]);
    await client.cancelOrder(id, symbol);
    expect(await client.fetchOrder(id, symbol)).toMatchObject({ status: 'canceled', filled: 0.005 });
  });

  it.each([
    ['lost', 'open'],
    ['accepted_dropped', 'canceled'],
    ['accepted_timeout', 'canceled'],
  ] as const)('cancel, %s: the order is %s', async (fault, status) => {
    const { id = '' } = await place();
    await exchange.setFaults([{ fault, on: 'cancel', times: 1 }]);
    await expect(client.cancelOrder(id, symbol)).rejects.toThrow(ccxt.NetworkError);
    expect((await orders()).at(-1)).toMatchObject({ status });
    expect(await fired(`${fault} on cancel`)).toBe(1);
  });

  it.each(['lost', 'accepted_dropped'] as const)('amend, %s: the client does not know', async (fault) => {
    const { id = '' } = await place();
    await exchange.setFaults([{ fault, on: 'amend', times: 1 }]);
    await expect(client.editOrder(id, symbol, 'limit', 'buy', 0.02, 41_000)).rejects.toThrow(ccxt.NetworkError);
    const open = (await orders()).filter((order) => order.status === 'open');
    expect(open.map(({ price }) => price)).toEqual([fault === 'lost' ? '40000.00000000' : '41000.00000000']);
  });

  it.each(['timeout', 'rate_limited', 'maintenance'] as const)(
    'query, %s: no answer is not an empty answer',
    async (fault) => {
      await exchange.setFaults([{ fault, on: 'query', times: 1 }]);
      await expect(client.fetchOpenOrders(symbol)).rejects.toThrow(ccxt.BaseError);
      expect(await fired(`${fault} on query`)).toBe(1);
      expect(await client.fetchOpenOrders(symbol)).toEqual([]);
    },
  );

  it('asks to wait when it refuses for its rate limit', async () => {
    await exchange.setFaults([{ fault: 'rate_limited', on: 'query', times: 1, delayMs: 2500 }]);
    await expect(client.fetchBalance()).rejects.toThrow(ccxt.DDoSProtection);
    const headers = client.last_response_headers;
    expect(headers?.['Retry-After'] ?? headers?.['retry-after']).toBe('3');
  });

  it('an order of somebody else is in the account, and has no client id', async () => {
    const id = await exchange.placeForeign({
      account: 'master',
      instrument,
      side: 'buy',
      kind: 'limit',
      quantity: '0.01',
      price: '39000',
    });
    expect(await client.fetchOpenOrders(symbol)).toHaveLength(1);
    expect((await orders()).at(-1)).toMatchObject({ id, clientId: null });
  });
});

describe('rate limits of the venues', () => {
  it('binance counts weights, answers 429 with the time to wait, then bans, and ends the ban', async () => {
    const exchange = await startExchange({ venue: 'binance', seed: 1, marketIntervalMs: 0, limits: 'venue' });
    try {
      const client = ccxtFor(exchange);
      await client.loadMarkets();
      const depth = () => client.fetchOrderBook('BTC/USDT', 1000);
      const answers: string[] = [];
      for (let tries = 0; tries < 300; tries++) {
        const error = await depth().then(() => undefined, String);
        answers.push(error === undefined ? 'ok' : (/\b(429|418)\b/.exec(error)?.[0] ?? error));
        if (answers.at(-1) === '418') break;
      }
      expect(answers.indexOf('429')).toBeGreaterThan(15);
      expect(answers.at(-1)).toBe('418');
      await expect(client.fetchTime()).rejects.toThrow('418');
      await exchange.setSkew(180_000);
      await client.fetchTime();
    } finally {
      await exchange.stop();
    }
  });

  it('binance refuses the hundred and first order of ten seconds, and cancels all the same', async () => {
    const exchange = await startExchange({ venue: 'binance', seed: 1, marketIntervalMs: 0, limits: 'venue' });
    try {
      const client = ccxtFor(exchange, { timeout: 60_000 });
      await client.loadMarkets();
      // All at once, and more than two windows of ten seconds may hold.
      const answers = await Promise.all(
        Array.from({ length: 201 }, () =>
          client.createOrder('BTC/USDT', 'limit', 'buy', 0.001, 40_000).then(() => 'accepted', String),
        ),
      );
      const refused = answers.find((answer) => answer !== 'accepted');
      expect(String(refused)).toContain('-1015');
      await client.cancelAllOrders('BTC/USDT');
    } finally {
      await exchange.stop();
    }
  });

  it('kraken counts calls that come back by the second', async () => {
    const exchange = await startExchange({ venue: 'kraken', seed: 1, marketIntervalMs: 0, limits: 'venue' });
    try {
      const client = ccxtFor(exchange);
      await client.loadMarkets();
      const many = async (): Promise<never> => {
        for (;;) await client.fetchBalance();
      };
      await expect(many()).rejects.toThrow('EAPI:Rate limit exceeded');
      await exchange.setSkew(20_000);
      await client.fetchBalance();
    } finally {
      await exchange.stop();
    }
  });
});
