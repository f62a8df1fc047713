import { payloadOf } from '#core/cycle/records.ts';
import type { AgentId, ClientOrderId, RunId } from '#core/domain/ids.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { lastReset } from '../portfolio/last-reset.ts';
import { MANUAL_RUN, SYSTEM_CYCLE } from '../trading-state.ts';

/** Under which the master's own orders stand in the records. */
export const MASTER = 'A-master' as AgentId;

/** Fee assumed when an order by hand is judged, in basis points; at a venue until its fills tell the real one. */
export const ASSUMED_FEE_BPS = '10';

const ORDER_RECORDS: ReadonlySet<string> = new Set<ExecutionRecord['type']>([
  'order.submitted',
  'order.accepted',
  'order.unresolved',
  'order.cancel_requested',
  'order.stop_tightened',
  'order.filled',
  'order.canceled',
  'order.rejected',
  'position.external',
]);

/** What an execution is restored from: the records of the orders by hand on one account, in their order. */
export const ordersByHand = (journal: JournalStore, run: RunId): readonly ExecutionRecord[] =>
  journal
    .readCycle(SYSTEM_CYCLE)
    .filter(({ runId, type }) => runId === run && ORDER_RECORDS.has(type))
    // What `record` wrote, as its hashes prove.
    .map(({ type, ts, payload }) => ({ type, ts, payload }) as unknown as ExecutionRecord);

/** Orders by hand of before the simulated account began anew; none when it never did. */
export function ordersBeforeReset(journal: JournalStore): readonly ClientOrderId[] {
  const reset = lastReset(journal);
  if (reset === undefined) return [];
  return journal
    .readCycle(SYSTEM_CYCLE)
    .flatMap((record) =>
      record.seq < reset.seq && record.runId === MANUAL_RUN && record.type === 'order.submitted'
        ? [payloadOf(record, record.type).clientOrderId as ClientOrderId]
        : [],
    );
}
