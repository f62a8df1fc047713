import type { AccountView } from '#shared/contract/accounts.ts';
import type { AppHandlers, AppOutput } from '#shared/contract/app-contract.ts';
import type { VenueRow } from '#shared/contract/venues.ts';
import { NOW } from './sample-market.ts';

type Handlers = Pick<
  AppHandlers,
  | Extract<keyof AppHandlers, `keys.${string}`>
  | 'accounts.list'
  | 'accounts.add'
  | 'accounts.remove'
  | 'venue.list'
  | 'venue.check'
>;

const row = (id: string, grade: VenueRow['grade']): VenueRow => ({
  id,
  grade,
  checkedAt: grade === 'checked' ? NOW - 86_400_000 : null,
  against: grade === 'checked' ? 'sandbox' : null,
  clientId: 'clientOrderId',
  idUnique: 'always',
  lookup: 'query',
  requestExpiry: true,
  deadMan: false,
  bookCheck: 'library',
  indexLagMs: 0,
});
const account = (name: string, exchange: string, state: AccountView['state'], why: string | null): AccountView => ({
  name,
  exchange,
  environment: 'sandbox',
  instruments: ['BTC/USDT', 'ETH/USDT'],
  state,
  why,
  streamLost: false,
  reconciledAt: state === 'ready' ? NOW - 95_000 : null,
  difference: null,
  shortfalls: [],
  unresolved: 0,
  foreign: [],
  equity: null,
  quoteAsset: null,
});

/** Keys, accounts and venues that play their part; with `traded` there are some from the beginning. */
export function scriptedExchanges(traded: boolean): Handlers {
  let keys: AppOutput<'keys.list'> = traded
    ? [
        { name: 'kraken-main', venue: 'kraken', addedAt: NOW - 86_400_000 },
        { name: 'okx-second', venue: 'okx', addedAt: NOW - 3_600_000 },
      ]
    : [];
  let accounts = traded
    ? [
        account('kraken-main', 'kraken', 'ready', null),
        account('okx-second', 'okx', 'refused', 'these keys may withdraw from OKX'),
      ]
    : [];
  return {
    'keys.list': () => keys,
    'keys.put': ({ name, venue }) => {
      const known = keys.some((key) => key.name === name);
      if (!known) keys = [...keys, { name, venue, addedAt: NOW }];
      return { done: known ? 'changed' : 'added' };
    },
    'keys.remove': ({ name }) => {
      keys = keys.filter((key) => key.name !== name);
      return { removed: true };
    },
    'accounts.list': () => accounts,
    'accounts.add': (asked) => {
      const added: AccountView = { ...account(asked.name, asked.exchange, 'connecting', null), ...asked };
      accounts = [...accounts, added];
      return added;
    },
    'accounts.remove': ({ name }) => {
      accounts = accounts.filter((one) => one.name !== name);
      return accounts;
    },
    'venue.list': () => ({
      venues: [row('binance', 'checked'), row('kraken', 'not yet checked'), row('okx', 'ungraded')],
      others: ['bitfinex', 'bitstamp', 'gemini'],
    }),
    'venue.check': ({ id }) => ({
      id,
      against: 'sandbox',
      grade: 'failed',
      steps: [
        { name: 'rules of the market', outcome: 'passed', detail: 'read', ms: 120 },
        { name: 'an order that rests', outcome: 'failed', detail: 'the venue did not find it again', ms: 900 },
      ],
      passed: 1,
      failed: 1,
      skipped: 0,
    }),
  };
}
