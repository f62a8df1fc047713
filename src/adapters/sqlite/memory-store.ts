import { type LessonId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import type { Arm, Lesson, LessonArms, LessonTrial, Revocation } from '#core/memory/types.ts';
import type { MemoryStore } from '#core/ports/memory-store.ts';
import { type LessonRow, prepareMemory } from './memory-statements.ts';
import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

const EVERYTHING = Number.MAX_SAFE_INTEGER;
const NO_ARM: Arm = { n: 0, sum: 0, squares: 0 };

/**
 * Lessons in the journal's database, as durable as the records they come from and nothing but a view of them: what a crash kept from these
 * tables is read from the journal at the next start. A lesson's id follows from its run's inputs: a repeated run brings a new version of its
 * lesson, because the same run must not count twice; decisions that were recorded before it still see the version of their time.
 */
export function createMemoryStore(db: Db, path: string): MemoryStore {
  const statements = prepareMemory(db);
  const read = (row: LessonRow): Lesson => JSON.parse(row.lesson) as Lesson;

  const keep = (lesson: Lesson, trials: readonly LessonTrial[], seq: number): void => {
    const text = canonicalJson(lesson);
    // A repeat that taught the same is no new version.
    if (statements.newest.get(lesson.id)?.lesson !== text)
      statements.put.run(lesson.id, seq, lesson.instrumentId, lesson.resolvedAt, lesson.decidedAt, text);
    for (const { lessonId, withheld, value } of trials)
      statements.trial.run(lessonId, lesson.runId, seq, lesson.resolvedAt, withheld ? 1 : 0, Number(value));
    statements.moveReach.run(seq);
  };
  const strikeOut = ({ lessonId, reason, revokedAt }: Revocation, seq: number): void => {
    statements.revoke.run(lessonId, seq, revokedAt, reason);
    statements.moveReach.run(seq);
  };
  const catchUp = (): void => {
    const reach = statements.reach.get()?.seq ?? 0;
    for (const { seq, ts, type, payload } of statements.unread.all(reach)) {
      const told = JSON.parse(payload) as LearnedPayload & Omit<Revocation, 'revokedAt'>;
      if (type === 'memory.lesson') keep(told.lesson, told.trials ?? [], seq);
      else strikeOut({ lessonId: told.lessonId, reason: told.reason, revokedAt: unixMs(ts) }, seq);
    }
  };
  let caughtUp = false;
  /** At the first use and not at the opening: an engine has to open on a full disk too, to get out of what it holds. */
  const upToDate = <T>(work: () => T): T =>
    guarded(path, () => {
      if (!caughtUp) db.transaction(catchUp)();
      // A write that fails leaves its record unread.
      caughtUp = false;
      const answer = work();
      caughtUp = true;
      return answer;
    });

  const keepAll = db.transaction(keep);
  const strikeOutAll = db.transaction(strikeOut);
  return {
    put: (lesson, trials, seq) => upToDate(() => keepAll.immediate(lesson, trials, seq)),
    known: (asOf, limit, instrumentId, before = EVERYTHING) =>
      upToDate(() =>
        (instrumentId === undefined
          ? statements.known.all({ asOf, limit, before })
          : statements.ofInstrument.all({ asOf, limit, before, instrumentId })
        ).map(read),
      ),
    arms: (asOf, before = EVERYTHING) =>
      upToDate(() => {
        const arms = new Map<LessonId, LessonArms>();
        for (const { lessonId, withheld, n, sum, squares, latest } of statements.arms.all(asOf, before)) {
          const found = arms.get(lessonId as LessonId) ?? { used: NO_ARM, withheld: NO_ARM, latest: latest as UnixMs };
          arms.set(lessonId as LessonId, {
            ...found,
            [withheld === 1 ? 'withheld' : 'used']: { n, sum, squares },
            latest: unixMs(Math.max(found.latest, latest)),
          });
        }
        return arms;
      }),
    revoke: (revocation, seq) => upToDate(() => strikeOutAll.immediate(revocation, seq)),
    revocations: () =>
      upToDate(
        () =>
          new Map(
            statements.revoked.all().map(({ lessonId, reason, revokedAt }) => {
              const id = lessonId as LessonId;
              return [id, { lessonId: id, reason, revokedAt: unixMs(revokedAt) }];
            }),
          ),
      ),
    all: (limit) => upToDate(() => statements.all.all({ limit, before: EVERYTHING }).map(read)),
    find(id) {
      const row = upToDate(() => statements.newest.get(id));
      return row === undefined ? undefined : read(row);
    },
    count: () => guarded(path, () => statements.count.get()?.n ?? 0),
  };
}

type LearnedPayload = { readonly lesson: Lesson; readonly trials?: readonly LessonTrial[] };
