import type { InstrumentId, LessonId, UnixMs } from '../domain/ids.ts';
import type { Lesson, LessonArms, LessonTrial, Revocation } from '../memory/types.ts';

/**
 * Lessons in two times. `asOf` is the market's: what was not resolved by then is not known. `before` is the journal's: what was recorded at
 * or after that record does not exist, so that a repeat of an old run remembers what its first execution could remember. Left out, it is
 * all of the journal.
 */
export interface MemoryStore {
  /** Keeps a lesson, and what the decision behind it says of the lessons that it weighed. A repeated run replaces its lesson from there on. */
  put(lesson: Lesson, trials: readonly LessonTrial[], recordedSeq: number): void;
  /** Lessons resolved at or before `asOf`, not revoked and, when given, about this instrument; newest first, at most `limit`. */
  known(asOf: UnixMs, limit: number, instrumentId?: InstrumentId, before?: number): readonly Lesson[];
  /** What was measured of each lesson by decisions resolved at or before `asOf`. A run counts once, by its first execution. */
  arms(asOf: UnixMs, before?: number): ReadonlyMap<LessonId, LessonArms>;
  /** Strikes a lesson out for every run that is first recorded after `recordedSeq`. Once is enough: the first reason stays. */
  revoke(revocation: Revocation, recordedSeq: number): void;
  revocations(): ReadonlyMap<LessonId, Revocation>;
  /** Newest lessons first, revoked ones too, each as it was recorded last. */
  all(limit: number): readonly Lesson[];
  find(id: LessonId): Lesson | undefined;
  count(): number;
}
