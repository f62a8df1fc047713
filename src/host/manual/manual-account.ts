import type { ClientOrderId, UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { TrackedOrder } from '#core/execution/types.ts';
import type { ManualDesk } from '#core/manual/manual-desk.ts';
import type { ManualBook } from '#shared/contract/orders.ts';

/** An account that can be traded by hand. */
export type ManualAccount = {
  /** `simulated`, or the name of a venue account. */
  readonly name: string;
  readonly environment: ManualBook['environment'];
  readonly instruments: readonly Instrument[];
  readonly desk: ManualDesk;
  /** Whether an order is of before the account began anew: it stays in the records and is in no table. Absent where none can be. */
  readonly isPast?: (clientOrderId: ClientOrderId) => boolean;
  /** The clock of its market. */
  now(): UnixMs;
  /** Takes in what its market did since it was last called; to be called before anything is asked or sent. */
  advance(): void;
  /** Waits for the outcome of an order as far as that is a matter of moments; one that may rest is not waited for once it does. */
  untilKnown(order: TrackedOrder, mayRest: boolean): Promise<void>;
};
