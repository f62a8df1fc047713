import ccxt, { type Exchange } from 'ccxt';
import type { ExchangeProcess } from './client.ts';

/** Time that a client of these tests waits for an answer, in ms: short, because some faults never answer. */
const TIMEOUT_MS = 1500;

/** Unmodified ccxt, pointed at a local exchange. Its own throttle is off: what it would wait for is not part of what is tested. */
export function ccxtFor(exchange: ExchangeProcess, config: Readonly<Record<string, unknown>> = {}): Exchange {
  const settings = { ...exchange.ccxt, timeout: TIMEOUT_MS, enableRateLimit: false, ...config };
  return exchange.venue === 'binance'
    ? new ccxt.binance({ ...settings, options: { fetchMarkets: { types: ['spot'] } } })
    : new ccxt.kraken(settings);
}
