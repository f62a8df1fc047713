import type { RunId, UnixMs } from '../domain/ids.ts';
import type { JournalRecord, RecordType } from '../journal/types.ts';
import type { JournalStore } from '../ports/journal-store.ts';
import { draft, type Payloads } from './records.ts';

type Draft<T extends RecordType> = { readonly type: T; readonly ts: UnixMs; readonly payload: Payloads[T] };
export type AnyDraft = { [T in RecordType]: Draft<T> }[RecordType];

/** Takes facts in order; what a desk and an agent's life need of a journal. Must throw when it cannot keep one. */
export type FactSink = {
  write<T extends RecordType>(type: T, ts: UnixMs, payload: Payloads[T]): unknown;
  /** All or none. */
  writeAll(drafts: readonly AnyDraft[]): void;
};

/** Writes the records of one cycle: durable first, then told to whoever shows them. A failed write throws and nothing follows from it. */
export type CycleJournal = {
  readonly cycle: number;
  readonly runId: RunId;
  write<T extends RecordType>(type: T, ts: UnixMs, payload: Payloads[T]): JournalRecord;
  /** All or none. */
  writeAll(drafts: readonly AnyDraft[]): readonly JournalRecord[];
};

export function openCycleJournal(
  store: JournalStore,
  cycle: number,
  runId: RunId,
  onRecord: (record: JournalRecord) => void,
): CycleJournal {
  // A fill at a candle's open is dated before the decision that follows its close; the chain keeps the order, the date stays true.
  const append = (drafts: readonly AnyDraft[]): readonly JournalRecord[] => {
    const records = store.append(
      cycle,
      drafts.map(({ type, ts, payload }) => draft(runId, ts, type, payload)),
    );
    for (const record of records) onRecord(record);
    return records;
  };
  return {
    cycle,
    runId,
    write(type, ts, payload) {
      const [record] = append([{ type, ts, payload } as AnyDraft]);
      if (record === undefined) throw new TypeError('the journal answered nothing');
      return record;
    },
    writeAll: append,
  };
}
