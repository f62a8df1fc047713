import type { InstrumentId } from '#core/domain/ids.ts';
import type { Answer, CancelAnswer } from '#core/ports/venue-gateway.ts';

/**
 * The two ways to stop. `flatten`: cancel everything, close what is held, halt. `stop_managing`: halt and cancel what would open something
 * new; what is held stays, with the stops that protect it, and the master looks after it.
 */
export type KillVerb = 'flatten' | 'stop_managing';

/** An order that rests at a venue, or may. */
export type RestingOrder = {
  readonly clientOrderId: string | null;
  readonly venueOrderId: string | null;
  readonly instrumentId: InstrumentId;
  /** It can only make a held position smaller: a stop or a target. Stays where it is under `stop_managing`. */
  readonly protects: boolean;
  /** Placed by somebody else on the same account. */
  readonly foreign: boolean;
  /** Until this wall time its absence from a query proves nothing, because the venue may not show it yet. */
  readonly doubtfulUntil?: number;
};

export type HeldPosition = {
  readonly instrumentId: InstrumentId;
  readonly quantity: string;
  /** At the newest mark, in the quote asset; null when there is none. */
  readonly value: string | null;
};

/** One account at one venue, as far as stopping needs it. Needs no model, no window and no key that is not held already. */
export type CancelTarget = {
  readonly name: string;
  /** What rests as far as we remember, without asking anybody. */
  known(): readonly RestingOrder[];
  /** Puts everything that is needed to cancel all orders on the wire at once, with the fewest requests. */
  cancelAll(): Promise<Answer<unknown>>;
  /** `why` is what the books of the target say afterwards, where it keeps any. */
  cancel(order: RestingOrder, why: string): Promise<CancelAnswer>;
  /** What rests as the venue says. */
  openOrders(): Promise<Answer<readonly RestingOrder[]>>;
  held(): readonly HeldPosition[];
  /** Without waiting: from here on no agent decides anything. Under `stop_managing` they leave what is held as it is. Answers whether there was one. */
  stopAgents(verb: KillVerb, reason: string): boolean;
  /** Closes what is held. Resolves when nothing is; rejects with why it is not done. */
  flatten(reason: string): Promise<void>;
};

/** By what an order is known to rest no more. */
export type CancelEvidence =
  /** The venue's list of open orders, asked for after the cancel, does not hold it. */
  'not in the open orders of the venue';

/** What became of one order. Times are wall time. */
export type CancelProof = {
  readonly venue: string;
  readonly clientOrderId: string | null;
  readonly venueOrderId: string | null;
  readonly instrumentId: InstrumentId;
  readonly foreign: boolean;
  readonly requestedAt: number;
  readonly requests: number;
  readonly confirmedAt: number | null;
  readonly evidence: CancelEvidence | null;
};

/** What became of one venue. */
export type VenueProof = {
  readonly venue: string;
  readonly orders: readonly CancelProof[];
  /** When the venue's own list was seen to be empty of what had to go; null while it was not. */
  readonly verifiedEmptyAt: number | null;
  /** How often it was asked. */
  readonly queries: number;
  /** The newest reason why it is not done; null when it is. */
  readonly problem: string | null;
};

/** Time and waiting, so that a test can do without. */
export type KillTime = {
  /** Wall time in ms. */
  now(): number;
  /** Resolves after so many ms, or at once when the signal says that nobody waits any more. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};
