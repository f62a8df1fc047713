import type { CcxtExchange } from '../exchange.ts';
import { textField, textListField } from '../parse/fields.ts';
import { plainClientId, type VenueTraits } from '../venue-traits.ts';

type WithKeyQuery = CcxtExchange & { privateGetV5UserQueryApi(): Promise<unknown> };

/** Bybit, unified account. Built from its published rules and recorded traffic; not run against the venue. */
export const bybit: VenueTraits = {
  id: 'bybit',
  grade: 'not yet checked',
  clientId: { field: 'orderLinkId', toVenue: plainClientId, fromVenue: (text) => text, unique: 'always' },
  // Its look-up by id needs an acknowledgement in ccxt because it sees the last 500 orders only; the lists see the same.
  lookup: 'lists',
  lookupParams: (clientId) => ({ orderLinkId: clientId }),
  // The window is a header that ccxt takes from the options, the same for each request.
  expiry: ({ expiresAt, venueNow }) =>
    expiresAt - venueNow < 5_000
      ? { kind: 'too_late', why: `${expiresAt - venueNow} ms are left, and the venue's window is 5000` }
      : { kind: 'params', params: {} },
  deadMan: true,
  cancelAll: 'instrument',
  timeStepMs: 1,
  indexLagMs: 5_000,
  burst: 20,
  countsDataApart: false,
  orderCost: 2.5,
  bookCheck: 'sequence',
  bookDepth: 50,
  options: { defaultType: 'spot', recvWindow: 5_000, fetchMarkets: { types: ['spot'] } },
  nonceMustGrow: false,
  rawExecutions: false,
  async mayWithdraw(exchange) {
    const answer = await (exchange as WithKeyQuery).privateGetV5UserQueryApi();
    const result = ['result', 'permissions', 'Wallet'];
    return (
      textListField(answer, result).some((permission) => /withdraw/i.test(permission)) ||
      textField(answer, ['result', 'readOnly']) === undefined
    );
  },
  candlePage: 1_000,
  candleReach: undefined,
};
