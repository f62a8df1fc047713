import { formatDecimal, parseDecimal } from '../domain/decimal.ts';
import { unixMs } from '../domain/ids.ts';
import { asset } from '../domain/money.ts';
import type { Entry, LedgerAccount } from './types.ts';

/** Payload of a `ledger.posted` record: JSON-ready, amounts as canonical text. */
export type LedgerPostedPayload = {
  readonly event: string;
  readonly ts: number;
  readonly postings: readonly { readonly account: LedgerAccount; readonly asset: string; readonly amount: string }[];
};

export const entryPayload = ({ event, ts, postings }: Entry): LedgerPostedPayload => ({
  event,
  ts,
  postings: postings.map((posting) => ({ ...posting, amount: formatDecimal(posting.amount) })),
});

/** The way back, for replay. */
export const entryFromPayload = ({ event, ts, postings }: LedgerPostedPayload): Entry => ({
  event,
  ts: unixMs(ts),
  postings: postings.map((posting) => ({
    account: posting.account,
    asset: asset(posting.asset),
    amount: parseDecimal(posting.amount),
  })),
});
