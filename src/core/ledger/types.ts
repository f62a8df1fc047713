import type { Decimal } from '../domain/decimal.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Asset } from '../domain/money.ts';
import type { Position } from '../domain/order.ts';

/**
 * `cash` and `position` are ours; `fees`, `interest`, `market` and `capital` are the other side of every movement. `position` is below
 * zero while base is borrowed.
 */
export type LedgerAccount = 'cash' | 'position' | 'fees' | 'interest' | 'market' | 'capital';

/** One leg of a double entry. The postings of one event sum to zero for each asset. */
export type Posting = { readonly account: LedgerAccount; readonly asset: Asset; readonly amount: Decimal };

/** A balanced entry; `event` names the fact it books (a trade id, a deposit). */
export type Entry = { readonly event: string; readonly ts: UnixMs; readonly postings: readonly Posting[] };

/** Balances and positions after a number of entries. Immutable: applying an entry returns the next state. */
export type LedgerState = {
  /** The asset in which cash, cost and equity are counted. */
  readonly asset: Asset;
  readonly balances: ReadonlyMap<string, Decimal>;
  readonly positions: ReadonlyMap<InstrumentId, Position>;
  readonly entries: number;
  /** Events booked so far, so that a fact that arrives twice is booked once. */
  readonly events: ReadonlySet<string>;
};
