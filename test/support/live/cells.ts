import type { Rng } from '#core/kernel/rng.ts';
import type { FaultInput } from '#test/exchange/client.ts';
import { REQUEST_FAULTS, type RequestFault, STREAM_FAULTS, type StreamFault } from '#test/exchange/core/faults.ts';
import { LIVE_INDEX_LAG_MS, LIVE_VENUES, type LiveVenueId } from './venues.ts';

export const HIT = ['create', 'cancel', 'query', 'stream'] as const;
export type Hit = (typeof HIT)[number];
export type Cell = { readonly venue: LiveVenueId; readonly on: Hit; readonly fault: RequestFault | StreamFault };

/** Why a fault has no cell on an endpoint; undefined when it has one. */
function left(on: Exclude<Hit, 'stream'>, fault: RequestFault): string | undefined {
  if (on === 'create') return fault === 'fill_on_cancel' ? 'nothing is being canceled' : undefined;
  if (on === 'cancel') return fault === 'hidden' ? 'only a new order can be hidden' : undefined;
  if (fault === 'hidden' || fault === 'partial_fill' || fault === 'fill_on_cancel') return 'a question changes nothing';
  // Of a question all that "accepted" adds is work that nobody notices; what stays are kinds of answers of their own.
  const own: readonly RequestFault[] = ['accepted_5xx', 'accepted_unknown', 'accepted_wrong_types'];
  return fault.startsWith('accepted_') && !own.includes(fault)
    ? `the same to its client as ${fault.replace('accepted_', '').replace('dropped', 'lost')}`
    : undefined;
}

/** The cells of one venue, and in words those that the table has no place for. */
export function cellsOf(venue: LiveVenueId): { readonly cells: readonly Cell[]; readonly without: readonly string[] } {
  const cells: Cell[] = [];
  const without = ['amend, every fault: the product never amends an order; it cancels, and places anew'];
  for (const on of ['create', 'cancel', 'query'] as const)
    for (const fault of REQUEST_FAULTS) {
      const why = left(on, fault);
      if (why === undefined) cells.push({ venue, on, fault });
      else without.push(`${on}, ${fault}: ${why}`);
    }
  for (const fault of STREAM_FAULTS) cells.push({ venue, on: 'stream', fault });
  return { cells, without };
}

/** A late request comes up to so much after its own expiry, which makes the exchange refuse it. */
const TOO_LATE_MS = 500;
export const latestMs = (venue: LiveVenueId): number => LIVE_VENUES[venue].expiryMs + TOO_LATE_MS;

/** The rules of a cell. A question is asked because the answer to an order is lost, and the stream says nothing either. */
export function rulesOf({ venue, on, fault }: Cell, rng: Rng): readonly FaultInput[] {
  const delayMs =
    fault === 'late' ? rng.integer(latestMs(venue)) : fault === 'hidden' ? rng.integer(LIVE_INDEX_LAG_MS - 50) : 100;
  const rule = { fault, on, delayMs, fraction: 0.1 + rng.next() * 0.8 };
  switch (on) {
    case 'create':
      // Entry, entry, or the stop of the one that fills. Only what rests can be filled in part.
      return [{ ...rule, times: 1, skip: fault === 'partial_fill' ? 0 : rng.integer(3) }];
    case 'cancel':
      return [{ ...rule, times: 1 + rng.integer(2) }];
    case 'query':
      return [
        { ...rule, chance: 0.7, times: 1 + rng.integer(3) },
        { fault: rng.next() < 0.5 ? 'accepted_dropped' : 'accepted_5xx', on: 'create', times: 1, skip: rng.integer(3) },
        { fault: 'gap', on: 'stream', channel: 'private' },
      ];
    case 'stream':
      return [{ ...rule, channel: 'private', times: 1 + rng.integer(3), skip: rng.integer(3) }];
  }
}
