import type { InstrumentId, LessonId, RunId, UnixMs } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Arm, Lesson, LessonArms, LessonTrial, Revocation } from '#core/memory/types.ts';
import type { MemoryStore } from '#core/ports/memory-store.ts';

type Trial = LessonTrial & { readonly runId: RunId; readonly seq: number; readonly resolvedAt: UnixMs };

/** A memory that lasts as long as the test, in the plainest way: lists that are looked through. The given lessons come first in the journal. */
export function createMemoryStore(lessons: readonly Lesson[] = []): MemoryStore {
  const versions: { readonly lesson: Lesson; readonly seq: number }[] = [];
  const trials = new Map<string, Trial>();
  const revoked = new Map<LessonId, Revocation & { readonly seq: number }>();
  const put: MemoryStore['put'] = (lesson, measured, seq) => {
    versions.push({ lesson, seq });
    for (const trial of measured) {
      const key = `${trial.lessonId} ${lesson.runId}`;
      if (!trials.has(key)) trials.set(key, { ...trial, runId: lesson.runId, seq, resolvedAt: lesson.resolvedAt });
    }
  };
  const standing = (before: number): readonly Lesson[] => {
    const newest = new Map<string, Lesson>();
    for (const { lesson, seq } of versions.toSorted((a, b) => a.seq - b.seq))
      if (seq < before) newest.set(lesson.id, lesson);
    return [...newest.values()].sort(
      (a, b) => b.resolvedAt - a.resolvedAt || b.decidedAt - a.decidedAt || (a.id < b.id ? -1 : 1),
    );
  };
  const seen = new Set<string>();
  for (const lesson of lessons) {
    if (!seen.has(lesson.id)) put(lesson, [], 0);
    seen.add(lesson.id);
  }
  return {
    put,
    known: (asOf: UnixMs, limit: number, instrumentId?: InstrumentId, before = Number.POSITIVE_INFINITY) =>
      standing(before)
        .filter((lesson) => lesson.resolvedAt <= asOf)
        .filter((lesson) => instrumentId === undefined || lesson.instrumentId === instrumentId)
        .filter((lesson) => !((revoked.get(lesson.id)?.seq ?? Number.POSITIVE_INFINITY) < before))
        .slice(0, limit),
    arms(asOf, before = Number.POSITIVE_INFINITY) {
      const arms = new Map<LessonId, LessonArms>();
      for (const { lessonId, withheld, value, resolvedAt, seq } of trials.values()) {
        if (resolvedAt > asOf || seq >= before) continue;
        const found = arms.get(lessonId) ?? { used: NO_ARM, withheld: NO_ARM, latest: resolvedAt };
        const side = withheld ? 'withheld' : 'used';
        arms.set(lessonId, {
          ...found,
          [side]: more(found[side], Number(value)),
          latest: unixMs(Math.max(found.latest, resolvedAt)),
        });
      }
      return arms;
    },
    revoke(revocation, seq) {
      if (!revoked.has(revocation.lessonId)) revoked.set(revocation.lessonId, { ...revocation, seq });
    },
    revocations: () => new Map([...revoked].map(([id, { seq: _seq, ...revocation }]) => [id, revocation])),
    all: (limit) => standing(Number.POSITIVE_INFINITY).slice(0, limit),
    find: (id) => standing(Number.POSITIVE_INFINITY).find((lesson) => lesson.id === id),
    count: () => new Set(versions.map(({ lesson }) => lesson.id)).size,
  };
}

const NO_ARM: Arm = { n: 0, sum: 0, squares: 0 };
const more = ({ n, sum, squares }: Arm, value: number): Arm => ({
  n: n + 1,
  sum: sum + value,
  squares: squares + value * value,
});

/** A broken memory that also answers with lessons of the future; recall must refuse to use it. */
export function createLeakyMemoryStore(lessons: readonly Lesson[]): MemoryStore {
  return { ...createMemoryStore(), known: () => lessons };
}
