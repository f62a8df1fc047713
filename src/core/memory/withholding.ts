import type { RunId } from '../domain/ids.ts';
import { createRng } from '../kernel/rng.ts';
import type { RecalledLesson } from './types.ts';

/**
 * How often a lesson is left out by chance. A quarter is what measuring costs: the error of an uplift is smallest at one half, and at a
 * quarter it is 15 % larger, while every lesson still has its say in three decisions of four.
 */
export const WITHHELD_SHARE = 0.25;

export type DrawnLessons = {
  /** What the decision may know. */
  readonly used: readonly RecalledLesson[];
  /** What it would have known. */
  readonly withheld: readonly RecalledLesson[];
};

/**
 * Draws for each recalled lesson whether this decision does without it, so that decisions with and without it differ by chance alone
 * (R. A. Fisher's randomisation: no belief about the market is needed). The draw follows from the run's id, which is a hash of its inputs, and
 * the lesson's: a repeat withholds the same, and a lesson's draw does not depend on which others were recalled.
 */
export function drawLessons(
  recalled: readonly RecalledLesson[],
  runId: RunId,
  share: number = WITHHELD_SHARE,
): DrawnLessons {
  const isWithheld = ({ lesson }: RecalledLesson): boolean =>
    createRng(0).fork(`withheld in ${runId}`).fork(lesson.id).next() < share;
  const withheld = recalled.filter(isWithheld);
  return { used: recalled.filter((lesson) => !withheld.includes(lesson)), withheld };
}
