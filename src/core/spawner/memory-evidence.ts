import { isNegative, parseDecimal } from '../domain/decimal.ts';
import { expectancyOf } from '../domain/expectancy.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { FamilyName } from '../domain/strategy.ts';
import { numberText } from '../kernel/number-text.ts';
import type { Lesson, RecalledLesson } from '../memory/types.ts';
import type { LessonUse } from './types.ts';

/** What memory says about a family in a moment like this one. */
export type MemoryEvidence = {
  readonly verdict: 'keep' | 'halve' | 'refuse';
  /** One plain sentence. */
  readonly summary: string;
  /** Every recalled lesson, with what it changed or why it changed nothing. */
  readonly uses: readonly LessonUse[];
};

/** A lesson from a moment less alike than this is shown but has no say. */
export const ENOUGH_SIMILARITY = 0.5;
/** One loss is an anecdote; two are the least that can be a majority of anything. */
const ENOUGH_TO_HALVE = 2;

/**
 * Weighs the recalled lessons. Only trades of the same family in similar moments count. When the whole interval of their expectancy
 * is below zero memory refuses; when most of them lost it halves the risk. It never raises a limit: a run of luck is no reason to
 * risk more. Throws on a lesson that was not yet resolved at `now`: memory of the future is a bug that must stop the run.
 */
export function weighLessons(
  lessons: readonly RecalledLesson[],
  family: FamilyName | null,
  now: UnixMs,
): MemoryEvidence {
  for (const { lesson } of lessons) {
    if (lesson.resolvedAt > now)
      throw new Error(`lesson ${lesson.id} was resolved at ${lesson.resolvedAt}, after ${now}: memory of the future`);
  }
  const counted = lessons.filter((recalled) => family !== null && whyNotCounted(recalled, family) === undefined);
  const { verdict, summary } = judge(counted.map(({ lesson }) => lesson));
  const uses = lessons.map(({ lesson, similarity }): LessonUse => {
    const ignored = family === null ? 'no agent was spawned' : whyNotCounted({ lesson, similarity }, family);
    const effect = ignored === undefined ? summary : `no effect: ${ignored}`;
    return { id: lesson.id, outcomeR: lesson.outcomeR, similarity, effect };
  });
  return { verdict, summary, uses };
}

function whyNotCounted({ lesson, similarity }: RecalledLesson, family: FamilyName): string | undefined {
  if (!lesson.traded || lesson.family === null) return 'nothing was traded then';
  if (lesson.family !== family) return `it is about ${lesson.family}`;
  if (!(similarity >= ENOUGH_SIMILARITY)) return 'that moment was too different';
  return undefined;
}

function judge(lessons: readonly Lesson[]): Pick<MemoryEvidence, 'verdict' | 'summary'> {
  const n = lessons.length;
  if (n === 0) return { verdict: 'keep', summary: 'risk kept: no similar trade is remembered' };
  const lost = lessons.filter((lesson) => isNegative(parseDecimal(lesson.outcomeR))).length;
  const expectancy = expectancyOf(lessons.map((lesson) => Number(lesson.outcomeR)));
  if (expectancy.kind === 'estimate' && expectancy.high < 0) {
    const mean = numberText(expectancy.meanR, 3);
    return {
      verdict: 'refuse',
      summary: `memory says no: ${n} similar trades made ${mean} R on average (90 % interval up to ${numberText(expectancy.high, 3)} R)`,
    };
  }
  if (n < ENOUGH_TO_HALVE) return { verdict: 'keep', summary: 'risk kept: one similar trade is too few to judge by' };
  const count = `${lost} of ${n} similar trades lost`;
  return lost * 2 > n
    ? { verdict: 'halve', summary: `risk halved: ${count}` }
    : { verdict: 'keep', summary: `risk kept: ${count}` };
}
