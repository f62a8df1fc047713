import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountView, accountRequest } from '#shared/contract/accounts.ts';
import { orderRequest } from '#shared/contract/orders.ts';
import { type ExchangeProcess, type StartOptions, startExchange } from '../exchange/client.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { PASSPHRASE, RECOVERY } from '../support/vault.ts';

let engine: TestEngine;
let exchange: ExchangeProcess | undefined;

const VENUES = [
  { venue: 'binance', symbol: 'BTC/USDT', instrument: 'BTCUSDT' },
  { venue: 'kraken', symbol: 'BTC/USD', instrument: 'XBTUSD' },
] as const;
type VenueCase = (typeof VENUES)[number];

beforeEach(async () => {
  engine = await startTestEngine();
  await engine.engine.handlers['vault.set_passphrase']({ passphrase: PASSPHRASE, recoveryCode: RECOVERY });
});
afterEach(async () => {
  await engine.close();
  await exchange?.stop();
  exchange = undefined;
});

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

const state = async (name = 'test'): Promise<AccountView> => {
  const found = (await engine.engine.handlers['accounts.list']({})).find((account) => account.name === name);
  if (found === undefined) throw new Error(`no account ${name}`);
  return found;
};
const ready = () =>
  until('a ready account', async () => {
    const account = await state();
    return account.state === 'ready' ? account : undefined;
  });

async function connect({ venue, symbol }: VenueCase, options: Partial<StartOptions> = {}, environment = 'sandbox') {
  exchange = await startExchange({ venue, marketIntervalMs: 100, ...options });
  await engine.engine.handlers['keys.put']({
    name: 'test',
    venue,
    apiKey: exchange.ccxt.apiKey,
    secret: exchange.ccxt.secret,
  });
  await engine.engine.handlers['accounts.add'](
    accountRequest.parse({
      name: 'test',
      exchange: venue,
      environment,
      url: `http://127.0.0.1:${exchange.port}`,
      instruments: [symbol],
    }),
  );
  return exchange;
}

/** A purchase of about 100 of the quote with a stop two percent below the price. */
async function buy(venue: VenueCase, more: object = {}) {
  const { symbol } = venue;
  const price = await lastPrice(venue);
  const quantity = (100 / price).toFixed(4);
  const stop = Math.floor(price * 0.98).toString();
  const order = orderRequest.parse({ account: 'test', instrument: symbol, side: 'buy', quantity, stop, ...more });
  return until('prices', async () => {
    try {
      return await engine.engine.handlers['orders.place'](order);
    } catch (error) {
      if (error instanceof Error && /no price|starting|data/.test(error.message)) return undefined;
      throw error;
    }
  });
}

/** The newest price as anybody can ask the venue for it. */
async function lastPrice({ venue, instrument }: VenueCase): Promise<number> {
  const base = `http://127.0.0.1:${exchange?.port}`;
  if (venue === 'binance') {
    const answer = (await (await fetch(`${base}/api/v3/ticker/24hr?symbol=${instrument}`)).json()) as {
      lastPrice: string;
    };
    return Number(answer.lastPrice);
  }
  const answer = (await (await fetch(`${base}/0/public/Ticker?pair=${instrument}`)).json()) as {
    result: Record<string, { c: [string] }>;
  };
  return Number(Object.values(answer.result)[0]?.c[0]);
}

const rests = (status: string): boolean => status === 'open' || status === 'untriggered';
const ours = async () =>
  ((await exchange?.truth())?.orders ?? []).filter(({ clientId, userref }) => clientId?.startsWith('mt') || userref);

describe.each(VENUES)('an account at a local $venue, through unmodified ccxt', (venue) => {
  it('buys through the gate, rests the stop at the venue, is the same after a restart, and is flattened by the kill switch', async () => {
    await connect(venue);
    expect(Number((await ready()).equity)).toBeGreaterThan(0);
    const { order, fills, checks } = await buy(venue);
    expect(order.status).toBe('filled');
    expect(fills.length).toBeGreaterThan(0);
    expect(checks.length).toBeGreaterThan(20);
    const stop = await until('the stop at the venue', async () =>
      (await ours()).find(({ side, status }) => side === 'sell' && rests(status)),
    );
    expect(Number(stop.quantity)).toBeGreaterThan(0);
    expect(stop.triggerPrice).not.toBeNull();
    const types = (await engine.records()).map(({ type }) => type);
    // No order left without its row.
    expect(types.indexOf('order.submitted')).toBeGreaterThan(types.indexOf('risk.approved'));

    const before = await ours();
    engine = await engine.reopen();
    await engine.engine.handlers['vault.unlock']({ kind: 'passphrase', passphrase: PASSPHRASE });
    await ready();
    expect((await ours()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const book = await engine.engine.handlers['orders.list']({ account: 'test' });
    expect(book.holdings).toHaveLength(1);
    expect(book.orders.filter(({ status }) => status === 'accepted').map(({ purpose }) => purpose)).toEqual(['stop']);

    const report = await engine.engine.handlers['engine.kill']({ reason: 'test', verb: 'flatten' });
    expect(report.tradingState).toBe('halted');
    // A venue that counts questions dearly may confirm a little later than the report waits; it is asked until it has.
    await until('an empty book at the venue', async () =>
      (await ours()).every(({ status }) => !rests(status)) ? true : undefined,
    );
    // Less than a lot is left: the fee was taken out of what was bought.
    await until('the position to be closed', async () => {
      const { holdings } = await engine.engine.handlers['orders.list']({ account: 'test' });
      return holdings.every(({ quantity }) => Number(quantity) < 0.000_01) ? true : undefined;
    });
    await expect(buy(venue)).rejects.toThrow(/refused/);
  });

  it('leaves nothing bare when the program ends right after a purchase, and no stop behind after a sale', async () => {
    const resting = async () => (await ours()).filter(({ status }) => rests(status));
    await connect(venue);
    await ready();
    const { order } = await buy(venue);
    await engine.engine.close();
    expect((await resting()).map(({ side }) => side)).toEqual(['sell']);

    engine = await engine.reopen();
    await engine.engine.handlers['vault.unlock']({ kind: 'passphrase', passphrase: PASSPHRASE });
    await ready();
    expect(order.status).toBe('filled');
    await until('a price to close at', async () => {
      try {
        return await engine.engine.handlers['orders.close']({ account: 'test', instrument: venue.symbol });
      } catch (error) {
        if (error instanceof Error && /no price|starting|data/.test(error.message)) return undefined;
        throw error;
      }
    });
    await engine.engine.close();
    expect(await resting()).toEqual([]);
    engine = await engine.reopen();
  });
});

describe('a live account', () => {
  it('buys nothing: the validation gate was not passed; the refusal is recorded and nothing reaches the venue', async () => {
    const [binance] = VENUES;
    await connect(binance, {}, 'live');
    await ready();
    await expect(buy(binance)).rejects.toThrow(/live is locked: the validation gate was not passed/);
    expect(await ours()).toEqual([]);
    const denied = (await engine.records()).filter(({ type }) => type === 'risk.denied');
    expect(denied.map(({ payload }) => JSON.parse(payload).check)).toEqual(['validation-gate']);
  });
});

describe('an account whose keys must not be used', () => {
  it('is refused while they may withdraw, and sends nothing', async () => {
    const [binance] = VENUES;
    await connect(binance);
    await ready();
    const key = exchange?.ccxt;
    await engine.engine.handlers['accounts.remove']({ name: 'test' });
    await exchange?.setKey({ key: key?.apiKey ?? '', secret: key?.secret ?? '', withdraw: true });
    await engine.engine.handlers['accounts.add'](
      accountRequest.parse({
        name: 'test',
        exchange: 'binance',
        environment: 'sandbox',
        url: `http://127.0.0.1:${exchange?.port}`,
        instruments: ['BTC/USDT'],
      }),
    );
    const account = await until('the refusal', async () => {
      const now = await state();
      return now.state === 'refused' ? now : undefined;
    });
    expect(account.why).toMatch(/withdraw/);
    await expect(engine.engine.handlers['orders.list']({ account: 'test' })).rejects.toThrow(/withdraw/);
  });
});
