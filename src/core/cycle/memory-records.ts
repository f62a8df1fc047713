import type { LessonId } from '../domain/ids.ts';
import type { Lesson, LessonTrial } from '../memory/types.ts';

/** What the records say of memory: what was learned and measured, and what a person struck out. */
export type MemoryPayloads = {
  'memory.lesson': {
    readonly lesson: Lesson;
    /** Of the lessons that the decision weighed. Records of earlier versions have none. */
    readonly trials?: readonly LessonTrial[];
  };
  'memory.revoked': { readonly lessonId: LessonId; readonly reason: string };
};
