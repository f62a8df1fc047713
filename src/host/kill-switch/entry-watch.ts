import { payloadOf } from '#core/cycle/records.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';

/** Records looked at in one go, and how far back the last entry before the gate is looked for. */
const PAGE = 500;
const LOOK_BACK = 5_000;

export type EntriesSince = {
  /** Entries that were approved or sent after the mark; 0 where the gate holds. */
  readonly after: number;
  /** When the last one before it was sent, by the market's clock; null when there is none to be found. */
  readonly lastBefore: UnixMs | null;
};

/** What the journal says of entries before and after a moment. */
export type EntryWatch = {
  /** The moment: everything recorded later is after it. */
  mark(): number;
  since(mark: number): EntriesSince;
};

const isEntry = (record: JournalRecord): boolean => {
  if (record.type === 'order.submitted') return payloadOf(record, 'order.submitted').purpose === 'entry';
  return record.type === 'risk.approved' && payloadOf(record, 'risk.approved').purpose === 'entry';
};

export function watchEntries(journal: Pick<JournalStore, 'head' | 'read' | 'readBack'>): EntryWatch {
  return {
    mark: () => journal.head().seq,
    since(mark) {
      let after = 0;
      for (let seq = mark; ; ) {
        const page = journal.read(seq, PAGE);
        after += page.filter(isEntry).length;
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) break;
        seq = last.seq;
      }
      for (let before = mark + 1; before > Math.max(1, mark - LOOK_BACK); before -= PAGE) {
        const found = journal.readBack(before, PAGE).find(isEntry);
        if (found !== undefined) return { after, lastBefore: found.ts };
      }
      return { after, lastBefore: null };
    },
  };
}
