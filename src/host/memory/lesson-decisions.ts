import { type PayloadOf, payloadOf } from '#core/cycle/records.ts';
import type { LessonId } from '#core/domain/ids.ts';
import type { JournalRecord, StoredRecord } from '#core/journal/types.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { LessonDecision } from '#shared/contract/memory.ts';

const PAGE = 2000;

/** Where a lesson came from and where it went, in the order of the journal. */
export type LessonTrail = {
  /** The record that brought it first; undefined when there is none. */
  readonly origin: StoredRecord | undefined;
  readonly decisions: readonly LessonDecision[];
};

/** Reads the whole journal: the records alone say what a decision knew. Texts are parsed only where the id stands in them. */
export function trailOf(id: LessonId, journal: Pick<JournalStore, 'stored'>): LessonTrail {
  let origin: StoredRecord | undefined;
  const decisions: LessonDecision[] = [];
  for (let after = 0; ; ) {
    const page = journal.stored(after, PAGE);
    for (const record of page) {
      if (!record.payloadText.includes(`"${id}"`)) continue;
      if (record.type === 'memory.lesson' && origin === undefined && lessonOf(record) === id) origin = record;
      const decision = record.type === 'spawner.decided' ? decisionOf(record, id) : undefined;
      if (decision !== undefined) decisions.push(decision);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return { origin, decisions };
    after = last.seq;
  }
}

const parsed = (record: StoredRecord): Pick<JournalRecord, 'type' | 'payload'> => ({
  type: record.type as JournalRecord['type'],
  payload: JSON.parse(record.payloadText) as JournalRecord['payload'],
});
const lessonOf = (record: StoredRecord): string => payloadOf(parsed(record), 'memory.lesson').lesson.id;

function decisionOf(record: StoredRecord, id: LessonId): LessonDecision | undefined {
  const decided: PayloadOf<'spawner.decided'> = payloadOf(parsed(record), 'spawner.decided');
  const used = decided.lessons.some((use) => use.id === id);
  if (!used && decided.memory?.withheld.includes(id) !== true) return undefined;
  const { seq, cycle, runId, ts } = record;
  return { seq, cycle, runId, at: ts, decided: decided.kind, evidence: used ? 'used' : 'withheld' };
}
