import { PROTOCOL_SETTINGS, type ProtocolSettings } from '#core/order-protocol/settings.ts';

/** Bitcoin against the main quote coin at each local exchange: what ccxt calls it, what the exchange calls it, and how fast the protocol may be there. */
export const LIVE_VENUES = {
  binance: { symbol: 'BTC/USDT', instrument: 'BTCUSDT', base: 'BTC', quote: 'USDT', expiryMs: 800 },
  // The venue takes no deadline below two seconds, so nothing can be given up sooner.
  kraken: { symbol: 'BTC/USD', instrument: 'XBTUSD', base: 'XXBT', quote: 'ZUSD', expiryMs: 3_200 },
} as const;
export type LiveVenueId = keyof typeof LIVE_VENUES;

/** How long a local exchange may hide an accepted order from its queries; its faults stay below. */
export const LIVE_INDEX_LAG_MS = 300;
/** Time-out of one request; the product waits ten times as long. */
export const LIVE_TIMEOUT_MS = 400;

/** The product's protocol on a faster scale: the same waits in the same order, each shorter. */
export const liveSettings = (venue: LiveVenueId): ProtocolSettings => ({
  ...PROTOCOL_SETTINGS,
  expiryMs: LIVE_VENUES[venue].expiryMs,
  skewMs: 100,
  vanishedMs: 1_500,
  firstWaitMs: 20,
  longestWaitMs: 200,
  reportMs: 100,
  pollMs: 150,
  auditMs: 400,
});

export type LiveKey = { readonly key: string; readonly secret: string; readonly account: string };

/** An account of its own, with the keys to it. */
export const liveKey = (account: string): LiveKey => ({
  account,
  key: `key-${account}`,
  secret: Buffer.from(`secret of ${account}`).toString('base64'),
});

/** More than any test spends. */
export const riches = (venue: LiveVenueId): Readonly<Record<string, string>> => ({
  [LIVE_VENUES[venue].base]: '10',
  [LIVE_VENUES[venue].quote]: '100000000',
});
