import type { ModelReceipt } from '../analyst/receipt.ts';
import { readReceipt } from '../analyst/receipt.ts';
import type { Assessment } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import type { Hash } from '../domain/ids.ts';
import type { JournalRecord, RecordType } from '../journal/types.ts';
import { type PayloadOf, payloadOf } from './records.ts';

/** The newest payload of a type among the records of one cycle. */
export function recorded<T extends RecordType>(records: readonly JournalRecord[], type: T): PayloadOf<T> | undefined {
  const found = records.findLast((record) => record.type === type);
  return found === undefined ? undefined : payloadOf(found, type);
}

/** What a cycle knew when it judged, from its records alone; undefined when it did not come that far. */
export function contextOfRecords(records: readonly JournalRecord[]): MarketContext | undefined {
  const started = recorded(records, 'cycle.started');
  const snapshot = recorded(records, 'market.snapshot');
  const built = recorded(records, 'context.built');
  if (started === undefined || snapshot === undefined || built === undefined) return undefined;
  return {
    snapshotHash: snapshot.hash,
    instrumentId: started.instrumentId,
    interval: started.interval,
    asOf: started.at,
    dataAgeMs: snapshot.dataAgeMs,
    // The one member that no record holds. No judgement reads it, and what would compute with it shows at once.
    lastClose: Number.NaN,
    facts: built.facts,
    patterns: built.patterns ?? [],
    hash: built.hash,
  };
}

export const assessmentOfRecords = (records: readonly JournalRecord[]): Assessment | undefined =>
  recorded(records, 'analyst.assessed')?.assessment;

/** The receipt of the question that a cycle put to a model; undefined when it asked none. */
export function receiptOfRecords(
  records: readonly JournalRecord[],
  textOf: (hash: Hash) => string,
): ModelReceipt | undefined {
  const asked = recorded(records, 'analyst.asked');
  return asked === undefined ? undefined : readReceipt(asked.receipt, textOf);
}
