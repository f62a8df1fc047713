import type { InstrumentId, UnixMs } from '#core/domain/ids.ts';
import type { Lesson } from '#core/memory/types.ts';
import type { MemoryStore } from '#core/ports/memory-store.ts';

/** A memory that lasts as long as the test. Keeps one lesson for an id, as the real store does. */
export function createMemoryStore(lessons: readonly Lesson[] = []): MemoryStore {
  const byId = new Map<string, Lesson>();
  const put = (lesson: Lesson): void => {
    if (!byId.has(lesson.id)) byId.set(lesson.id, lesson);
  };
  for (const lesson of lessons) put(lesson);
  return {
    put,
    known: (asOf: UnixMs, limit: number, instrumentId?: InstrumentId) =>
      [...byId.values()]
        .filter((lesson) => lesson.resolvedAt <= asOf)
        .filter((lesson) => instrumentId === undefined || lesson.instrumentId === instrumentId)
        .sort((a, b) => b.resolvedAt - a.resolvedAt || (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    count: () => byId.size,
  };
}

/** A broken memory that also answers with lessons of the future; recall must refuse to use it. */
export function createLeakyMemoryStore(lessons: readonly Lesson[]): MemoryStore {
  return { put: () => {}, known: () => lessons, count: () => lessons.length };
}
