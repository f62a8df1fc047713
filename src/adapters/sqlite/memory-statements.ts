import type { Statement } from 'better-sqlite3';
import type { Db } from './open-db.ts';

export type LessonRow = { readonly lesson: string };
export type ArmRow = {
  readonly lessonId: string;
  readonly withheld: number;
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
  readonly latest: number;
};
export type RevokedRow = { readonly lessonId: string; readonly reason: string; readonly revokedAt: number };
type MemoryRecordRow = { readonly seq: number; readonly ts: number; readonly type: string; readonly payload: string };

const NEWEST_FIRST = 'order by l.resolved_at desc, l.decided_at desc, l.id limit @limit';
/** The version of a lesson that stands at a place of the journal, unless it was struck out by then. */
const STANDING = `l.recorded_seq < @before
  and not exists (select 1 from lesson n where n.id = l.id and n.recorded_seq > l.recorded_seq and n.recorded_seq < @before)`;
const NOT_REVOKED = 'not exists (select 1 from lesson_revoked r where r.lesson_id = l.id and r.recorded_seq < @before)';

type Known = { readonly asOf: number; readonly before: number; readonly limit: number };

export type MemoryStatements = {
  readonly put: Statement<
    [id: string, seq: number, instrumentId: string, resolvedAt: number, decidedAt: number, lesson: string]
  >;
  readonly newest: Statement<[id: string], LessonRow>;
  readonly trial: Statement<
    [lessonId: string, runId: string, seq: number, resolvedAt: number, withheld: number, value: number]
  >;
  readonly revoke: Statement<[lessonId: string, seq: number, revokedAt: number, reason: string]>;
  readonly known: Statement<[Known], LessonRow>;
  readonly ofInstrument: Statement<[Known & { readonly instrumentId: string }], LessonRow>;
  readonly all: Statement<[Omit<Known, 'asOf'>], LessonRow>;
  readonly arms: Statement<[asOf: number, before: number], ArmRow>;
  readonly revoked: Statement<[], RevokedRow>;
  readonly count: Statement<[], { readonly n: number }>;
  readonly reach: Statement<[], { readonly seq: number }>;
  readonly moveReach: Statement<[seq: number]>;
  readonly unread: Statement<[reach: number], MemoryRecordRow>;
};

/** Every statement of the memory tables, compiled once. */
export const prepareMemory = (db: Db): MemoryStatements => ({
  put: db.prepare(
    'insert into lesson (id, recorded_seq, instrument_id, resolved_at, decided_at, lesson) values (?, ?, ?, ?, ?, ?) on conflict (id, recorded_seq) do nothing',
  ),
  newest: db.prepare('select lesson from lesson where id = ? order by recorded_seq desc limit 1'),
  trial: db.prepare(
    'insert into lesson_trial (lesson_id, run_id, recorded_seq, resolved_at, withheld, value) values (?, ?, ?, ?, ?, ?) on conflict (lesson_id, run_id) do nothing',
  ),
  revoke: db.prepare(
    'insert into lesson_revoked (lesson_id, recorded_seq, revoked_at, reason) values (?, ?, ?, ?) on conflict (lesson_id) do nothing',
  ),
  known: db.prepare(
    `select l.lesson from lesson l where l.resolved_at <= @asOf and ${STANDING} and ${NOT_REVOKED} ${NEWEST_FIRST}`,
  ),
  ofInstrument: db.prepare(
    `select l.lesson from lesson l where l.instrument_id = @instrumentId and l.resolved_at <= @asOf and ${STANDING} and ${NOT_REVOKED} ${NEWEST_FIRST}`,
  ),
  all: db.prepare(`select l.lesson from lesson l where ${STANDING} ${NEWEST_FIRST}`),
  // Rows come in the order of the key, so that a floating sum is the same each time.
  arms: db.prepare(
    `select lesson_id as lessonId, withheld, count(*) as n, total(value) as sum, total(value * value) as squares, max(resolved_at) as latest
     from lesson_trial where resolved_at <= ? and recorded_seq < ? group by lesson_id, withheld order by lesson_id, withheld`,
  ),
  revoked: db.prepare(
    'select lesson_id as lessonId, reason, revoked_at as revokedAt from lesson_revoked order by recorded_seq',
  ),
  count: db.prepare('select count(distinct id) as n from lesson'),
  reach: db.prepare('select seq from memory_reach'),
  moveReach: db.prepare('update memory_reach set seq = max(seq, ?)'),
  unread: db.prepare(
    "select seq, ts, type, payload from journal where seq > ? and type in ('memory.lesson', 'memory.revoked') order by seq",
  ),
});
