import type { UnixMs } from '#core/domain/ids.ts';
import type { CcxtExchange } from '../exchange.ts';
import { textListField } from '../parse/fields.ts';
import { type ExpiryAnswer, type ExpiryRequest, plainClientId, type VenueTraits } from '../venue-traits.ts';

type WithKeyInfo = CcxtExchange & { privatePostGetApiKeyInfo(): Promise<unknown> };

/** The matching engine takes deadlines from 2 to 60 seconds ahead, as RFC 3339. */
const NEAREST_DEADLINE_MS = 2_000;
const FURTHEST_DEADLINE_MS = 60_000;

function deadline({ expiresAt, venueNow }: ExpiryRequest): ExpiryAnswer {
  const left = expiresAt - venueNow;
  if (left < NEAREST_DEADLINE_MS)
    return {
      kind: 'too_late',
      why: `${left} ms are left, and the venue takes no deadline below ${NEAREST_DEADLINE_MS}`,
    };
  const at: UnixMs | number = venueNow + Math.min(left, FURTHEST_DEADLINE_MS);
  return { kind: 'params', params: { deadline: new Date(at).toISOString() } };
}

/**
 * Kraken spot. ccxt looks an order up by the integer `userref`, which the venue does not take together with `cl_ord_id`; so orders carry
 * `cl_ord_id` alone and look-ups filter the lists of open and closed orders by it.
 */
export const kraken: VenueTraits = {
  id: 'kraken',
  grade: 'checked',
  clientId: { field: 'cl_ord_id', toVenue: plainClientId, fromVenue: (text) => text, unique: 'open_only' },
  lookup: 'lists',
  lookupParams: (clientId) => ({ clientOrderId: clientId }),
  expiry: deadline,
  deadMan: true,
  cancelAll: 'account',
  // Assumed: closed orders are indexed after the fact; no bound is published.
  timeStepMs: 1_000,
  indexLagMs: 3_000,
  // The smallest accounts may have 15 on the counter, which falls by one every three seconds. ccxt charges 3 for most calls and grows 1 a second
  // back, so 36 are 12 of the 15.
  burst: 36,
  countsDataApart: true,
  orderCost: 0,
  bookCheck: 'own',
  bookDepth: 10,
  options: { watchOrderBook: { checksum: false } },
  nonceMustGrow: true,
  rawExecutions: true,
  async mayWithdraw(exchange) {
    const answer = await (exchange as WithKeyInfo).privatePostGetApiKeyInfo();
    return textListField(answer, ['result', 'permissions']).some((permission) => /withdraw/i.test(permission));
  },
  candlePage: 720,
  candleReach: 720,
};
