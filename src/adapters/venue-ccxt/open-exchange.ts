import { Agent } from 'node:http';
import type { Clock } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import { currentCall } from './call-context.ts';
import type { CcxtClient, CcxtExchange } from './exchange.ts';
import { createHttpTransport } from './http-transport.ts';
import { loadExchangeClass } from './load-exchange.ts';
import { createRateBudget, type RateBudget } from './rate-budget.ts';
import { createSignedTurns } from './signed-turns.ts';
import type { VenueTraits } from './venue-traits.ts';
import { traitsOf } from './venues/table.ts';

/** What opens an account. Read once, kept by ccxt's object alone, shown nowhere. */
export type ExchangeKeys = { readonly apiKey: string; readonly secret: string; readonly passphrase?: string };

export type ExchangeClocks = {
  /** The machine's clock, which venues compare with theirs. */
  readonly wall: Clock;
  /** Never jumps; for waits, ages and allowances. */
  readonly steady: Clock;
};

export type OpenExchangeOptions = {
  /** ccxt's id, such as `binance`. */
  readonly id: string;
  readonly clocks: ExchangeClocks;
  /** Uniform in [0, 1), for the jitter of back-offs. */
  readonly chance: () => number;
  readonly keys?: ExchangeKeys;
  /** The venue's own test system. */
  readonly sandbox?: boolean;
  /** A stand-in on this machine; every request and every stream goes there. */
  readonly url?: string;
  /** Shared by all objects of one account, because the venue counts them together. */
  readonly budget?: RateBudget;
};

export type OpenExchange = {
  readonly exchange: CcxtExchange;
  readonly traits: VenueTraits;
  readonly budget: RateBudget;
  /** What must never stand in a text. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
};

/** Time-out of one request, in ms: orders may not stay without an answer for longer. */
export const REQUEST_TIMEOUT_MS = 4_000;

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/** The address of a stand-in. Throws Fault('usage') for anything that is not on this machine. */
export function loopbackUrl(text: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    url = undefined;
  }
  if (url !== undefined && LOOPBACK.test(url.hostname) && /^https?:$/.test(url.protocol)) return url;
  throw new Fault('usage', `${text} is not an address on this machine.`, 'Write it as http://127.0.0.1:PORT.');
}

/** Stream addresses are used by ccxt as they are, so they are replaced before; those of requests are redirected below ccxt. */
function streamsTo(value: unknown, origin: URL): unknown {
  if (typeof value === 'string') {
    if (!/^wss?:/.test(value)) return value;
    const asked = new URL(value.replaceAll(/[{}]/g, ''));
    // ccxt tells binance's spot streams by the word in their address, of which only the path is left.
    const prefix = asked.hostname.startsWith('stream.') ? '/stream' : '';
    return `ws://${origin.host}${prefix}${asked.pathname}${asked.search}`;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, streamsTo(item, origin)]));
}

/** Every option that would make ccxt send something again by itself. */
function assertNoRetries(exchange: CcxtExchange): void {
  const found = Object.entries(exchange.options).filter(
    ([name, value]) => name === 'maxRetriesOnFailure' && value !== 0 && value !== undefined,
  );
  if (found.length > 0)
    throw new Fault(
      'refused',
      `${exchange.id} would repeat failed requests by itself.`,
      'Set maxRetriesOnFailure to 0.',
    );
}

/**
 * ccxt sends some subscriptions without waiting for them, and makes some futures that nobody waits for. One that meets a socket which has just
 * closed, or a venue that is down, would be an error that nobody catches, and such an error ends the whole process. Whoever waits for news of
 * the socket still hears of it.
 */
function guardSockets(exchange: CcxtExchange): void {
  const guarded = new WeakSet<CcxtClient>();
  const make = exchange.client.bind(exchange);
  exchange.client = (url) => {
    const client = make(url);
    if (guarded.has(client)) return client;
    guarded.add(client);
    const send = client.send.bind(client);
    client.send = (message) => {
      const sent = send(message);
      sent.catch(() => undefined);
      return sent;
    };
    const expect = client.future.bind(client);
    client.future = (messageHash) => {
      const future = expect(messageHash);
      future.catch(() => undefined);
      return future;
    };
    return client;
  };
}

/**
 * One ccxt exchange, set up so that its clock, its waiting and its network are ours, that it repeats nothing, and that its numbers keep all
 * digits. `money: false` opens it for market data, whose order books ccxt can only keep with floats.
 */
export async function openExchange(
  options: OpenExchangeOptions,
  { money }: { readonly money: boolean },
): Promise<OpenExchange> {
  const { id, clocks, chance, keys, sandbox = false, url } = options;
  const Exchange = await loadExchangeClass(id);
  const traits = traitsOf(id);
  const exchange = new Exchange({
    ...(keys === undefined ? {} : { apiKey: keys.apiKey, secret: keys.secret }),
    ...(keys?.passphrase === undefined ? {} : { password: keys.passphrase }),
    enableRateLimit: true,
    timeout: REQUEST_TIMEOUT_MS,
    newUpdates: true,
    options: { ...traits.options, maxRetriesOnFailure: 0 },
  });
  if (sandbox) exchange.setSandboxMode(true);
  assertNoRetries(exchange);
  const redirectTo = url === undefined ? undefined : loopbackUrl(url);
  const budget =
    options.budget ??
    createRateBudget({ clock: clocks.steady, chance, msPerUnit: exchange.rateLimit, burst: traits.burst });
  const transport = createHttpTransport({
    budget,
    now: () => clocks.wall.now(),
    ...(redirectTo === undefined ? {} : { redirectTo }),
  });
  if (redirectTo !== undefined) {
    exchange.urls.api = streamsTo(exchange.urls.api, redirectTo);
    exchange.httpAgent = new Agent();
  }
  if (money) exchange.number = String;
  exchange.validateServerSsl = true;
  exchange.userAgent = 'master-trader';
  exchange.milliseconds = () => clocks.wall.now();
  const turns = traits.nonceMustGrow ? createSignedTurns(clocks.steady) : undefined;
  if (turns !== undefined) {
    // Microseconds of our own clock: what is measured of the venue's differs from start to start and would go back.
    let last = 0;
    exchange.nonce = () => {
      last = Math.max(last + 1, clocks.wall.now() * 1000);
      return last;
    };
    const fetch2 = exchange.fetch2.bind(exchange);
    exchange.fetch2 = (path, api, ...rest) =>
      api === 'private' ? turns.run(() => fetch2(path, api, ...rest)) : fetch2(path, api, ...rest);
  }
  exchange.fetchImplementation = transport.fetch;
  // The last that ccxt waits for before it signs.
  exchange.throttle = async (cost = 1) => {
    const call = currentCall();
    if (call?.paid === true) call.paid = false;
    else await budget.take(call?.lane ?? 'data', cost);
    await turns?.beforeSigning();
  };
  guardSockets(exchange);
  return {
    exchange,
    traits,
    budget,
    secrets: keys === undefined ? [] : Object.values(keys).filter((value) => value !== undefined),
    async close() {
      await exchange.close().catch(() => undefined);
      transport.close();
    },
  };
}
