import { parseDecimal } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId } from '../domain/ids.ts';
import type { ExecutionRecord } from '../execution/types.ts';
import type { JournalRecord } from '../journal/types.ts';
import { claimFromPayload } from '../risk/claim.ts';
import type { OrderOutcome, ReservationBook } from '../risk/reservation-book.ts';
import { payloadOf } from './records.ts';

/** What a record of execution changes about what is reserved; undefined when nothing. */
export function outcomeOf(record: ExecutionRecord): OrderOutcome | undefined {
  if (record.type === 'order.canceled' || record.type === 'order.rejected')
    return { kind: 'closed', clientOrderId: record.payload.clientOrderId as ClientOrderId };
  if (record.type !== 'order.filled' && record.type !== 'position.external') return undefined;
  const { agentId, clientOrderId, instrumentId, purpose, price, quantity } = record.payload;
  return {
    kind: 'filled',
    agentId: agentId as AgentId,
    clientOrderId: clientOrderId as ClientOrderId,
    instrumentId: instrumentId as InstrumentId,
    isEntry: purpose === 'entry' && record.type === 'order.filled',
    price: parseDecimal(price),
    quantity: parseDecimal(quantity),
  };
}

const OUTCOMES: ReadonlySet<string> = new Set([
  'order.filled',
  'position.external',
  'order.canceled',
  'order.rejected',
]);

/** Brings a book to where a record of the journal left it: reservations, and what became of them, in the order of the records. */
export function replayReservation(book: ReservationBook, record: JournalRecord): void {
  if (record.type === 'risk.approved') {
    const { agentId, quantity, reserved } = payloadOf(record, 'risk.approved');
    if (reserved !== undefined) book.restore(claimFromPayload(agentId, quantity, reserved));
  } else if (record.type === 'agent.retired') {
    book.end(payloadOf(record, 'agent.retired').agentId);
  } else if (OUTCOMES.has(record.type)) {
    // What `record` wrote, as its hashes prove.
    const outcome = outcomeOf(record as unknown as ExecutionRecord);
    if (outcome !== undefined) book.note(outcome);
  }
}
