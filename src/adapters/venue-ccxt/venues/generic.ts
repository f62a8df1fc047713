import { plainClientId, type VenueTraits } from '../venue-traits.ts';

/**
 * Any other exchange that ccxt knows: only what ccxt's own unified calls promise, with long assumed lags. It stays ungraded until the
 * conformance suite was run against its sandbox.
 */
export const genericVenue = (id: string): VenueTraits => ({
  id,
  grade: 'ungraded',
  clientId: { field: 'clientOrderId', toVenue: plainClientId, fromVenue: (text) => text, unique: 'open_only' },
  lookup: 'scan',
  lookupParams: () => ({}),
  expiry: undefined,
  deadMan: false,
  cancelAll: 'each',
  timeStepMs: 1,
  indexLagMs: 10_000,
  burst: 10,
  countsDataApart: false,
  orderCost: 1,
  bookCheck: 'none',
  bookDepth: undefined,
  options: {},
  nonceMustGrow: false,
  rawExecutions: false,
  mayWithdraw: undefined,
  candlePage: 300,
  candleReach: undefined,
});

/** gate.io wants a prefix of its own before every client id. */
export const gate: VenueTraits = {
  ...genericVenue('gate'),
  clientId: {
    field: 'text',
    toVenue: (id) => {
      const plain = plainClientId(id);
      return plain === undefined ? undefined : `t-${plain}`;
    },
    fromVenue: (text) => text.replace(/^t-/, ''),
    unique: 'open_only',
  },
  bookCheck: 'library',
};
