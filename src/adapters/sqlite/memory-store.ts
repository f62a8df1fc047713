import { canonicalJson } from '#core/kernel/canonical-json.ts';
import type { Lesson } from '#core/memory/types.ts';
import type { MemoryStore } from '#core/ports/memory-store.ts';
import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

type Row = { readonly lesson: string };

/**
 * Lessons in the journal's database, so that they are as durable as the records they come from. A lesson's id follows from its run's
 * inputs: repeating a run replaces its lesson, because the same run must not count twice; the journal keeps every version.
 */
export function createMemoryStore(db: Db, path: string): MemoryStore {
  const put = db.prepare(
    'insert into lesson (id, instrument_id, resolved_at, decided_at, lesson) values (?, ?, ?, ?, ?) on conflict (id) do update set instrument_id = excluded.instrument_id, resolved_at = excluded.resolved_at, decided_at = excluded.decided_at, lesson = excluded.lesson',
  );
  const order = 'order by resolved_at desc, decided_at desc, id limit ?';
  const all = db.prepare<[number, number], Row>(`select lesson from lesson where resolved_at <= ? ${order}`);
  const ofInstrument = db.prepare<[number, string, number], Row>(
    `select lesson from lesson where resolved_at <= ? and instrument_id = ? ${order}`,
  );
  const count = db.prepare<[], { n: number }>('select count(*) as n from lesson');
  const read = (row: Row): Lesson => JSON.parse(row.lesson) as Lesson;
  return {
    put(lesson) {
      const text = canonicalJson(lesson);
      guarded(path, () => put.run(lesson.id, lesson.instrumentId, lesson.resolvedAt, lesson.decidedAt, text));
    },
    known: (asOf, limit, instrumentId) =>
      guarded(path, () =>
        (instrumentId === undefined ? all.all(asOf, limit) : ofInstrument.all(asOf, instrumentId, limit)).map(read),
      ),
    count: () => guarded(path, () => count.get()?.n ?? 0),
  };
}
