import type { Decimal } from '../domain/decimal.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';

/** Who traded: an agent in its cycle, or the master by hand, whose cycle is 0. */
export type Owner = {
  readonly cycle: number;
  /** Null for orders by hand. */
  readonly agentId: string | null;
  readonly family: string | null;
  readonly regime: string | null;
};

export type FillEvent = {
  readonly kind: 'fill';
  readonly ts: UnixMs;
  readonly cycle: number;
  readonly instrumentId: InstrumentId;
  readonly side: 'buy' | 'sell';
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly fee: Decimal;
  /** What the fee was taken from: the quote asset, what was traded, or a coin of the venue's own that the books count apart. */
  readonly feeIn: 'quote' | 'base' | 'other';
  /** Planned loss of what this fill entered, in the quote asset; null when it entered nothing or nobody planned one. */
  readonly risk: number | null;
};

/** A price that the account was valued at. */
export type MarkEvent = {
  readonly kind: 'mark';
  readonly ts: UnixMs;
  readonly instrumentId: InstrumentId;
  readonly price: Decimal;
};

/** All that moves a result, in the order of the records. */
export type PerformanceEvent = FillEvent | MarkEvent;

/** A position from its first fill until nothing of it is held. Money in the asset of the account. */
export type ClosedTrade = {
  readonly owner: Owner;
  readonly instrumentId: InstrumentId;
  readonly direction: 'long' | 'short';
  readonly entryTime: UnixMs;
  readonly exitTime: UnixMs;
  readonly quantity: Decimal;
  /** What was paid and what came in, before fees in the quote asset. */
  readonly bought: Decimal;
  readonly sold: Decimal;
  readonly fees: Decimal;
  readonly net: Decimal;
  /** Planned loss at entry; null when there was no plan. */
  readonly risk: number | null;
};

/** The result of the account since its opening, as it stood at a moment. */
export type ResultPoint = { readonly ts: UnixMs; readonly total: Decimal };
