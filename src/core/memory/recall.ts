import type { Regime } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import { Fault } from '../kernel/fault.ts';
import type { MemoryStore } from '../ports/memory-store.ts';
import { closeness, featuresOf } from './features.ts';
import type { Lesson, RecalledLesson } from './types.ts';

/** How many of the newest lessons are compared. Older ones have lost most of their weight anyway. */
const SCANNED = 500;
const DAY_MS = 86_400_000;
/** Markets change: every 90 days half of what recency can take away is gone. */
const HALF_LIFE_MS = 90 * DAY_MS;
/** The oldest lesson of an identical moment still keeps half its similarity. */
const OLDEST_SHARE = 0.5;

export type RecallInput = {
  readonly store: Pick<MemoryStore, 'known'>;
  readonly asOf: UnixMs;
  readonly context: MarketContext;
  readonly regime: Regime;
  readonly instrumentId: InstrumentId;
  /** Most lessons to answer with. */
  readonly limit: number;
  /** Lessons that have no say any more; none when left out. */
  readonly setAside?: (lesson: Lesson) => boolean;
};

/**
 * Lessons of the same instrument or the same regime, most similar first; equal ones newest first, then by id. Similarity is 0 to 1.
 * Only lessons resolved at or before `asOf` exist for a decision at that moment, in back-tests too: a store that answers with a later
 * one is broken, and recall throws a Fault `bad_data` rather than let a decision know the future.
 */
export function recall(input: RecallInput): readonly RecalledLesson[] {
  const { store, asOf, context, regime, instrumentId, limit, setAside } = input;
  const found = new Map<string, Lesson>();
  for (const lesson of [...store.known(asOf, SCANNED), ...store.known(asOf, SCANNED, instrumentId)]) {
    refuseFuture(lesson, asOf);
    if (lesson.instrumentId !== instrumentId && lesson.regime !== regime) continue;
    if (setAside?.(lesson) !== true) found.set(lesson.id, lesson);
  }
  const now = featuresOf(context);
  return [...found.values()]
    .map((lesson) => ({
      lesson,
      similarity: rounded(closeness(now, lesson.features) * recency(asOf - lesson.resolvedAt)),
    }))
    .sort(
      (a, b) =>
        b.similarity - a.similarity ||
        b.lesson.resolvedAt - a.lesson.resolvedAt ||
        compareText(a.lesson.id, b.lesson.id),
    )
    .slice(0, Math.max(0, limit));
}

function refuseFuture(lesson: Lesson, asOf: UnixMs): void {
  if (lesson.resolvedAt <= asOf) return;
  throw new Fault(
    'bad_data',
    `the memory store leaked lesson ${lesson.id}, resolved at ${lesson.resolvedAt}, to a decision at ${asOf}`,
    'nothing was decided on it; run mt audit verify, and restore a backup if it disagrees',
  );
}

/** 1 of what was just learned, falling to one half. */
export const recency = (ageMs: number): number => OLDEST_SHARE + (1 - OLDEST_SHARE) * 2 ** (-ageMs / HALF_LIFE_MS);

/** Four decimals: powers may differ in the last bit between machines, and the similarity is part of a hashed spec. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
