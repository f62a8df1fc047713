import { type InstrumentId, type UnixMs, unixMs } from '../domain/ids.ts';
import type { Fill } from '../domain/order.ts';
import type { TrackedOrder } from '../execution/types.ts';
import type { Holding } from './holdings.ts';

/** The part of execution that the protocol asks when it compares books and account. */
export type Books = {
  orders(): readonly TrackedOrder[];
  fills(): readonly Fill[];
  holdings(): readonly Holding[];
  /** Protects what is held as it should be protected, where that is not so already. */
  protectAll(ts: UnixMs): void;
};

/** A fill may be told so much later than newer things were. */
const LATE_NEWS_MS = 60_000;

/** Instruments of which something may have happened while nobody looked: from the newest thing that we know of each. */
export function awaySince(books: Books | undefined): ReadonlyMap<InstrumentId, UnixMs> {
  const since = new Map<InstrumentId, UnixMs>();
  for (const { instrumentId, createdAt } of books?.orders() ?? []) since.set(instrumentId, createdAt);
  for (const { instrumentId, tsEvent } of books?.fills() ?? [])
    since.set(instrumentId, unixMs(Math.max(since.get(instrumentId) ?? 0, tsEvent)));
  for (const [instrumentId, ts] of since) since.set(instrumentId, unixMs(Math.max(0, ts - LATE_NEWS_MS)));
  return since;
}
