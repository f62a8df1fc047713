import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '#adapters/venue-ccxt/account-call.ts';
import { errorText } from '#adapters/venue-ccxt/error-text.ts';
import { openExchange } from '#adapters/venue-ccxt/open-exchange.ts';
import { placeOrder } from '#adapters/venue-ccxt/place-order.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { type AgentId, type ClientOrderId, type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import type { PlaceOrder } from '#core/ports/venue-gateway.ts';
import { realClocks } from '#test/support/venue-rig.ts';

type Seen = { readonly path: string; readonly text: string; readonly headers: IncomingMessage['headers'] };
const seen: Seen[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    seen.push({ path: request.url ?? '', text: `${request.url} ${body}`, headers: request.headers });
    // Nothing that any venue would say: what was sent is all that counts here.
    response.end('{}');
  });
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => new Promise<unknown>((done) => server.close(done)));

const CLIENT_ID = 'mt0123456789abcdef';
const ids = { okx: 'BTC-USDT', gate: 'BTC_USDT', kraken: 'XXBTZUSDT', binance: 'BTCUSDT', bybit: 'BTCUSDT' } as const;
type Venue = keyof typeof ids;

async function account(id: Venue): Promise<Account> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = {
    apiKey: 'canary-api-key',
    secret: Buffer.from('canary-secret').toString('base64'),
    passphrase: 'canary-pass',
  };
  const open = await openExchange({ id, clocks: realClocks, chance: () => 0.5, url, keys }, { money: true });
  open.exchange.setMarkets([
    {
      id: ids[id],
      symbol: 'BTC/USDT',
      base: 'BTC',
      quote: 'USDT',
      baseId: 'BTC',
      quoteId: 'USDT',
      type: 'spot',
      spot: true,
      active: true,
      precision: { amount: '0.00001', price: '0.1' },
      limits: { amount: {}, price: {}, cost: {} },
      info: { orderTypes: ['LIMIT', 'MARKET', 'LIMIT_MAKER', 'STOP_LOSS', 'STOP_LOSS_LIMIT'] },
    },
  ]);
  // Bybit asks whether the account is unified; that is no part of an order.
  open.exchange.options['enableUnifiedAccount'] = true;
  open.exchange.options['enableUnifiedMargin'] = false;
  return { exchange: open.exchange, traits: open.traits, open, clocks: realClocks, offsetMs: () => 0 };
}

const order = (id: Venue, change: Partial<PlaceOrder> = {}): PlaceOrder => ({
  clientOrderId: CLIENT_ID as ClientOrderId,
  agentId: 'A-1' as AgentId,
  instrumentId: `BTC/USDT.${id.toUpperCase()}` as InstrumentId,
  side: 'sell',
  type: 'limit',
  quantity: quantity(parseDecimal('0.12345')),
  price: price(parseDecimal('60000.1')),
  timeInForce: 'gtc',
  reduceOnly: true,
  expiresAt: unixMs(realClocks.wall.now() + 30_000),
  ...change,
});

describe('one order as it leaves', () => {
  it.each([
    ['binance', /newClientOrderId=mt0123456789abcdef&/, /recvWindow=5000/],
    ['kraken', /cl_ord_id=mt0123456789abcdef/, /deadline=20\d\d-/],
    ['okx', /"clOrdId":"mt0123456789abcdef"/, undefined],
    ['bybit', /"orderLinkId":"mt0123456789abcdef"/, undefined],
    ['gate', /"text":"t-mt0123456789abcdef"/, undefined],
  ] as const)(
    'carries our id in the field of %s, once, with its expiry and unchanged numbers',
    async (id, field, expiry) => {
      const one = await account(id);
      seen.length = 0;
      const before = realClocks.wall.now();
      const answer = await placeOrder(one, order(id));
      await one.open.close();
      expect(answer.kind).toBe('unknown');
      // Gate is asked what kind of account it is before.
      const orders = seen.filter(({ text }) => text.includes('0.12345'));
      expect(orders.length).toBe(1);
      const [request] = orders;
      expect(request?.text).toMatch(field);
      expect(request?.text).toMatch(/0\.12345\b/);
      expect(request?.text).toMatch(/60000\.1\b/);
      expect(request?.text).not.toMatch(/reduce_?only/i);
      if (expiry !== undefined) expect(request?.text).toMatch(expiry);
      if (id === 'okx') expect(Number(request?.headers['exptime']) - before).toBeLessThanOrEqual(31_000);
      if (id === 'bybit') expect(request?.headers['x-bapi-recv-window']).toBe('5000');
      expect(JSON.stringify(answer)).not.toContain('canary');
    },
  );

  it.each([
    ['stop', { type: 'stop' }, /STOP_LOSS&/],
    ['stop with a limit', { type: 'stop_limit', limitPrice: price(parseDecimal('59000')) }, /STOP_LOSS_LIMIT/],
    ['maker only', { postOnly: true }, /LIMIT_MAKER/],
    ['immediate or cancel', { timeInForce: 'ioc' }, /timeInForce=IOC/],
    ['market', { type: 'market' }, /type=MARKET&/],
    ['target', { type: 'take_profit' }, /type=LIMIT&/],
  ] as const)('of the kind "%s" says so', async (_name, change, expected) => {
    const one = await account('binance');
    seen.length = 0;
    await placeOrder(one, order('binance', change));
    await one.open.close();
    expect(`${seen[0]?.text}&`).toMatch(expected);
  });

  it.each([
    ['an instrument of another venue', { instrumentId: 'BTC/USDT.SIM' as InstrumentId }, 'not sent: instrument'],
    ['an id that the venue does not take', { clientOrderId: 'with spaces' as ClientOrderId }, 'not sent: client id'],
    ['a kind that is made above the venue', { type: 'trailing_stop' }, 'not sent: type'],
    ['a stop without a trigger', { type: 'stop', price: undefined as never }, 'not sent: type'],
  ] as const)('does not leave with %s', async (_name, change, code) => {
    const one = await account('binance');
    seen.length = 0;
    expect(await placeOrder(one, order('binance', change))).toMatchObject({ kind: 'refused', code });
    await one.open.close();
    expect(seen).toEqual([]);
  });

  it('does not leave when ccxt would repeat it by itself', async () => {
    const one = await account('kraken');
    seen.length = 0;
    one.exchange.options['maxRetriesOnFailure'] = 3;
    expect(await placeOrder(one, order('kraken'))).toMatchObject({ kind: 'refused', code: 'not sent: retries' });
    await one.open.close();
    expect(seen).toEqual([]);
  });
});

describe('the text of an error', () => {
  it('has no query, no signature and no key', () => {
    const text = errorText(
      new Error('GET https://x.com/v3/order?symbol=A&signature=abcdef "apiKey":"k1234" canary-secret nonce=5&a'),
      ['canary-secret'],
    );
    expect(text).toBe('GET https://x.com/v3/order "apiKey":"[hidden]" [key] nonce=5&a');
    expect(errorText(new Error(`?token=abc ${'x'.repeat(900)}`)).length).toBeLessThan(310);
    expect(errorText(new Error('?token=abc'))).toBe('?token=[hidden]');
  });
});
