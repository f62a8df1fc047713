import ccxt, { type Exchange } from 'ccxt';
import type { ExchangeProcess } from './client.ts';

/** Time that a client of these tests waits for an answer, in ms: short, because some faults never answer. */
const TIMEOUT_MS = 1500;

type Config = Readonly<Record<string, unknown>>;

/**
 * Nonces that always grow: those of ccxt are milliseconds, and two calls of one millisecond would use one twice. Shared by all clients of
 * a test, because the venue remembers the newest nonce of a key and not of a client.
 */
let lastNonce = 0;
const nextNonce = (): number => {
  lastNonce = Math.max(lastNonce + 1, Date.now() * 1000);
  return lastNonce;
};

/** Its own throttle is off: what it would wait for is not part of what is tested. */
const settings = (exchange: ExchangeProcess, config: Config) => ({
  ...exchange.ccxt,
  timeout: TIMEOUT_MS,
  enableRateLimit: false,
  ...(exchange.venue === 'binance' ? { options: { fetchMarkets: { types: ['spot'] } } } : { nonce: nextNonce }),
  ...config,
});

/** Unmodified ccxt, pointed at a local exchange. */
export const ccxtFor = (exchange: ExchangeProcess, config: Config = {}): Exchange =>
  new (exchange.venue === 'binance' ? ccxt.binance : ccxt.kraken)(settings(exchange, config));

/** The same with streams. Close it when done, or its sockets keep the test alive. */
export async function ccxtProFor(exchange: ExchangeProcess, config: Config = {}): Promise<Exchange> {
  const client = new (exchange.venue === 'binance' ? ccxt.pro.binance : ccxt.pro.kraken)(settings(exchange, config));
  // Without this ccxt refuses addresses that begin with ws://.
  await client.loadHttpProxyAgent();
  return client;
}
