import type { ExecutionRecord } from '#core/execution/types.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';

const PAGE = 1_000;

/** The order records of a journal, oldest first: what an execution is restored from. */
export function orderRecords(journal: Pick<JournalStore, 'read'>): readonly ExecutionRecord[] {
  const records: ExecutionRecord[] = [];
  for (let after = 0, page = journal.read(after, PAGE); page.length > 0; page = journal.read(after, PAGE)) {
    for (const { seq, type, ts, payload } of page) {
      after = seq;
      if (type.startsWith('order.') || type === 'position.external')
        records.push({ type, ts, payload } as unknown as ExecutionRecord);
    }
  }
  return records;
}
