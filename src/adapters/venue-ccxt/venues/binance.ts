import type { CcxtExchange } from '../exchange.ts';
import { booleanField } from '../parse/fields.ts';
import { plainClientId, type VenueTraits, windowExpiry } from '../venue-traits.ts';

type WithRestrictions = CcxtExchange & { sapiGetAccountApiRestrictions(): Promise<unknown> };

/**
 * Binance spot. A client id is unique among open orders only: it may come back once its order is closed, so nothing is ever sent twice under
 * one id. 6,000 units of weight a minute; ccxt counts 0.2 of a unit for one of weight.
 */
export const binance: VenueTraits = {
  id: 'binance',
  grade: 'checked',
  clientId: {
    field: 'newClientOrderId',
    toVenue: plainClientId,
    fromVenue: (text) => text,
    unique: 'open_only',
  },
  lookup: 'query',
  lookupParams: (clientId) => ({ origClientOrderId: clientId }),
  // The venue refuses what arrives later than timestamp + recvWindow; ccxt's default of 10 s would leave outcomes open for longer.
  expiry: windowExpiry('recvWindow', 5_000),
  deadMan: false,
  cancelAll: 'instrument',
  // Assumed: the venue's order queries are served by replicas whose lag it does not publish.
  timeStepMs: 1,
  indexLagMs: 2_000,
  burst: 60,
  countsDataApart: false,
  orderCost: 1,
  bookCheck: 'library',
  bookDepth: 100,
  options: {
    defaultType: 'spot',
    fetchMarkets: { types: ['spot'] },
    recvWindow: 5_000,
    // The whole order with its fills comes with the answer, so an immediate fill is known at once.
    newOrderRespType: { market: 'FULL', limit: 'FULL' },
    watchOrderBook: { checksum: true, maxRetries: 3 },
    warnOnFetchOpenOrdersWithoutSymbol: false,
  },
  nonceMustGrow: false,
  rawExecutions: false,
  async mayWithdraw(exchange) {
    const answer = await (exchange as WithRestrictions).sapiGetAccountApiRestrictions();
    return booleanField(answer, 'enableWithdrawals');
  },
  candlePage: 1_000,
  candleReach: undefined,
};
