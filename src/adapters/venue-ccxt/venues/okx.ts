import type { CcxtExchange } from '../exchange.ts';
import { textField } from '../parse/fields.ts';
import { plainClientId, type VenueTraits } from '../venue-traits.ts';

type WithConfig = CcxtExchange & { privateGetAccountConfig(): Promise<unknown> };

/** OKX spot. Built from its published rules and recorded traffic; not run against the venue. */
export const okx: VenueTraits = {
  id: 'okx',
  grade: 'not yet checked',
  clientId: { field: 'clOrdId', toVenue: plainClientId, fromVenue: (text) => text, unique: 'always' },
  lookup: 'query',
  lookupParams: (clientId) => ({ clOrdId: clientId }),
  // A header of its own, in the venue's time; ccxt knows none, so the network layer adds it.
  expiry: ({ expiresAt, venueNow }) =>
    expiresAt <= venueNow
      ? { kind: 'too_late', why: `it expired ${venueNow - expiresAt} ms ago` }
      : { kind: 'params', params: {}, headers: { expTime: String(expiresAt) } },
  deadMan: true,
  cancelAll: 'each',
  timeStepMs: 1,
  indexLagMs: 5_000,
  burst: 20,
  countsDataApart: false,
  orderCost: 1,
  bookCheck: 'library',
  bookDepth: undefined,
  options: {
    defaultType: 'spot',
    fetchMarkets: { types: ['spot'] },
    watchOrderBook: { depth: 'books', checksum: true },
  },
  nonceMustGrow: false,
  rawExecutions: false,
  async mayWithdraw(exchange) {
    const answer = await (exchange as WithConfig).privateGetAccountConfig();
    return /withdraw/i.test(textField(answer, ['data', '0', 'perm']) ?? 'unknown, so withdraw');
  },
  candlePage: 300,
  candleReach: undefined,
};
