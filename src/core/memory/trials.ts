import { formatDecimal, multiply, parseDecimal } from '../domain/decimal.ts';
import type { LessonId } from '../domain/ids.ts';
import type { Lesson, LessonTrial } from './types.ts';

/** What memory did in a decision, as the spawner recorded it. */
export type Weighing = {
  readonly withheld: readonly LessonId[];
  readonly weighed: readonly LessonId[];
  readonly factor: string;
};

/**
 * One trial for each lesson that had a say, or would have had one. The result counts in R of the policy's risk: R is net of the risk that
 * was taken, and a lesson that made the risk smaller has made a loss smaller.
 */
export function trialsOf(
  { withheld, weighed, factor }: Weighing,
  outcome: Pick<Lesson, 'outcomeR'>,
): readonly LessonTrial[] {
  const value = formatDecimal(multiply(parseDecimal(outcome.outcomeR), parseDecimal(factor)));
  return weighed.map((lessonId) => ({ lessonId, withheld: withheld.includes(lessonId), value }));
}
