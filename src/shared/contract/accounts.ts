import { z } from 'zod';
import { call, event } from './define.ts';
import { accountText } from './orders.ts';
import { portfolioView } from './portfolio.ts';
import { decimalText, nothing, shortText, symbolText, unixMsNumber } from './primitives.ts';

export const accountRequest = z.strictObject({
  name: accountText,
  /** ccxt's id, such as `binance`. */
  exchange: z.string().regex(/^[a-z0-9]{2,40}$/),
  environment: z.enum(['sandbox', 'live']),
  /** A stand-in on this machine, for tests: `http://127.0.0.1:PORT`. */
  url: z.string().max(100).optional(),
  instruments: z.array(symbolText).min(1).max(20),
});

export const foreignOrderView = z.strictObject({
  venueOrderId: z.string().max(100),
  instrument: z.string().max(60),
  side: z.enum(['buy', 'sell']),
  quantity: decimalText,
});

export const accountView = z.strictObject({
  ...accountRequest.shape,
  /** `connecting`, `refused` (its keys must not be used), `reconciling` (cancels and reductions only), `ready`, `broken`. */
  state: z.enum(['connecting', 'refused', 'reconciling', 'ready', 'broken']),
  why: shortText.nullable(),
  streamLost: z.boolean(),
  /** Orders of which nobody knows yet whether the venue has them. */
  unresolved: z.int(),
  /** When our books and the account were last found to agree, and what differed at the last look. */
  reconciledAt: unixMsNumber.nullable(),
  difference: shortText.nullable(),
  /** The same asset by asset: what our books hold, and what the account has, which is less. */
  shortfalls: z.array(z.strictObject({ asset: z.string().max(40), ours: decimalText, theirs: decimalText })),
  /** On the account and not ours: shown, never touched. */
  foreign: z.array(foreignOrderView),
  equity: decimalText.nullable(),
  quoteAsset: z.string().nullable(),
});
export type AccountView = z.infer<typeof accountView>;

export const accountsContract = {
  'accounts.list': call('view', nothing, z.array(accountView)),
  /** Its keys are stored first, under the same name. It then connects in the background. */
  'accounts.add': call('admin', accountRequest, accountView, 30_000),
  /** Forgets the account; its records stay, and orders at the venue stay as they are. Refused while orders of ours rest or are unknown. */
  'accounts.remove': call('trade', z.strictObject({ name: accountText }), z.array(accountView), 30_000),
  /**
   * The simulated account begins anew with this cash. Its results count from then on; what was before stays in the records. Only while nothing
   * is held, ordered or run; `account` has to be typed as it is called.
   */
  'accounts.reset': call(
    'admin',
    z.strictObject({ account: accountText, cash: decimalText, reason: z.string().trim().min(1).max(200) }),
    portfolioView,
  ),
  'accounts.changed': event('view', z.array(accountView)),
} as const;
