import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { NODE } from '#test/support/child.ts';
import type { FaultRule } from './core/faults.ts';
import { type ApiKey, apiKeySchema } from './core/keys.ts';
import type { VenueOptions } from './core/venue.ts';
import type { Truth } from './server/truth.ts';

const startedSchema = z.object({
  venue: z.enum(['binance', 'kraken']),
  port: z.int(),
  adminPort: z.int(),
  urls: z.record(z.string(), z.unknown()),
  key: apiKeySchema,
});

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };
/** A fault with everything but its name and place left to the defaults. */
export type FaultInput = Loose<Omit<FaultRule, 'fault' | 'on'>> & Pick<FaultRule, 'fault' | 'on'>;
export type StartOptions = Loose<Omit<VenueOptions, 'venue' | 'faults' | 'keys'>> & {
  readonly venue: VenueOptions['venue'];
  readonly faults?: readonly FaultInput[];
  readonly keys?: readonly (Loose<Omit<ApiKey, 'key' | 'secret'>> & Pick<ApiKey, 'key' | 'secret'>)[];
};

export type ForeignOrder = {
  readonly account: string;
  readonly instrument: string;
  readonly side: 'buy' | 'sell';
  readonly kind: 'market' | 'limit' | 'stop' | 'stop_limit' | 'take' | 'take_limit';
  readonly quantity: string;
  readonly price?: string;
  readonly triggerPrice?: string;
  readonly clientId?: string;
};

/** A running exchange process, and the hands of a test inside it. Instruments have the venue's own names: `BTCUSDT`, `XBTUSD`. */
export type ExchangeProcess = {
  readonly venue: 'binance' | 'kraken';
  readonly pid: number;
  readonly port: number;
  /** For the constructor of ccxt or ccxt.pro: `new ccxt.binance(exchange.ccxt)`. */
  readonly ccxt: { readonly apiKey: string; readonly secret: string; readonly urls: Readonly<Record<string, unknown>> };
  /** Of everybody, or of one account; its orders from the one after this number on. */
  truth(account?: string, after?: number): Promise<Truth>;
  /** Replaces all rules, or those of one account. */
  setFaults(rules: readonly FaultInput[], account?: string): Promise<void>;
  /** Trades through everything up to this price, and prints one trade at it. */
  movePrice(instrument: string, price: string): Promise<void>;
  /** Lets the market maker take so many steps at once. */
  step(steps: number): Promise<void>;
  setSkew(ms: number): Promise<void>;
  setMaintenance(on: boolean): Promise<void>;
  setMarketOpen(instrument: string, open: boolean): Promise<void>;
  /** Adds a key, or changes what a key may do. */
  setKey(key: Loose<Omit<ApiKey, 'key' | 'secret'>> & Pick<ApiKey, 'key' | 'secret'>): Promise<void>;
  deposit(account: string, asset: string, amount: string): Promise<void>;
  /** An order that reaches the venue from elsewhere. Answers its number, or throws with the reason of the refusal. */
  placeForeign(order: ForeignOrder): Promise<number>;
  /** A trade with exactly this resting order. */
  fill(id: number, quantity: string): Promise<void>;
  dropStreams(): Promise<void>;
  stop(): Promise<void>;
};

const of = (account: string | undefined): string => `?${account === undefined ? '' : `account=${account}`}`;

const placedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted'), id: z.int() }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
]);

/** Starts an exchange as a process of its own; ready when this resolves. It ends with `stop()`, or with the process that started it. */
export async function startExchange(options: StartOptions): Promise<ExchangeProcess> {
  const script = resolve(import.meta.dirname, 'start.ts');
  // A small young generation: many exchanges may run at once, and none of them is in a hurry.
  const child = spawn(NODE, ['--max-semi-space-size=1', script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const line = await Promise.race([
    new Promise<string>((done) => createInterface({ input: child.stdout }).once('line', done)),
    ended.then((code) => {
      throw new Error(`the exchange ended before it listened, with ${code}`);
    }),
  ]);
  const started = startedSchema.parse(JSON.parse(line));

  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${started.adminPort}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const act = async (path: string, body: unknown): Promise<void> => {
    await call('POST', path, body);
  };

  return {
    venue: started.venue,
    pid: child.pid ?? 0,
    port: started.port,
    ccxt: { apiKey: started.key.key, secret: started.key.secret, urls: started.urls },
    truth: async (account, after = 0) => (await call('GET', `/truth${of(account)}&after=${after}`)) as Truth,
    setFaults: (rules, account) => act(`/faults${of(account)}`, rules),
    movePrice: (instrument, price) => act('/price', { instrument, price }),
    step: (steps) => act('/step', { steps }),
    setSkew: (skewMs) => act('/skew', { skewMs }),
    setMaintenance: (on) => act('/maintenance', { on }),
    setMarketOpen: (instrument, open) => act('/market', { instrument, open }),
    setKey: (key) => act('/key', key),
    deposit: (account, asset, amount) => act('/deposit', { account, asset, amount }),
    placeForeign: async (order) => {
      const result = placedSchema.parse(await call('POST', '/orders', order));
      if (result.kind === 'refused') throw new Error(`refused: ${result.reason}`);
      return result.id;
    },
    fill: (id, quantity) => act('/fill', { id, quantity }),
    dropStreams: () => act('/streams/drop', undefined),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
