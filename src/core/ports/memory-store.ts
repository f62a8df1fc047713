import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Lesson } from '../memory/types.ts';

export interface MemoryStore {
  put(lesson: Lesson): void;
  /** Lessons resolved at or before `asOf` and, when given, about this instrument; newest first, at most `limit`. */
  known(asOf: UnixMs, limit: number, instrumentId?: InstrumentId): readonly Lesson[];
  count(): number;
}
