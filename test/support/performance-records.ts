import { draft, type Payloads } from '#core/cycle/records.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { type RunId, unixMs } from '#core/domain/ids.ts';
import type { Fill } from '#core/domain/order.ts';
import type { JournalRecord, RecordType } from '#core/journal/types.ts';

let seq = 0;

/** A record as the journal would give it back, of one cycle. */
export function recordOf<T extends RecordType>(
  cycle: number,
  ts: number,
  type: T,
  payload: Payloads[T],
): JournalRecord {
  seq += 1;
  return {
    ...draft(`R-${cycle}` as RunId, unixMs(ts), type, payload),
    seq,
    cycle,
    runSeq: seq,
    runHash: '' as JournalRecord['runHash'],
    hash: '' as JournalRecord['hash'],
  };
}

export const fillRecord = (cycle: number, fill: Fill): JournalRecord =>
  recordOf(cycle, fill.tsEvent, 'order.filled', {
    clientOrderId: fill.clientOrderId,
    agentId: fill.agentId,
    instrumentId: fill.instrumentId,
    tradeId: fill.tradeId,
    side: fill.side,
    purpose: fill.purpose,
    price: formatDecimal(fill.price),
    quantity: formatDecimal(fill.quantity),
    fee: formatDecimal(fill.fee.amount),
    feeAsset: fill.fee.asset,
    liquidity: fill.liquidity,
    status: 'filled',
    filledQuantity: formatDecimal(fill.quantity),
  });

/** What an agent in a cycle is, as far as results are concerned. */
export const spawnedRecord = (cycle: number, ts: number, family: string, regime: string): JournalRecord =>
  recordOf(cycle, ts, 'agent.spawned', {
    agentId: `A-${cycle}`,
    spec: { family, regime },
    why: 'a test',
  } as unknown as Payloads['agent.spawned']);
