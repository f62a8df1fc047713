import type { UnixMs } from '../domain/ids.ts';
import { numberText } from '../kernel/number-text.ts';
import { utcText } from '../kernel/utc-text.ts';
import type { Lesson, LessonArms, Revocation } from './types.ts';
import { type Uplift, upliftOf } from './uplift.ts';

/** Whether a lesson still has a say. Only an active one is recalled. */
export type Standing = {
  readonly status: 'active' | 'decayed' | 'revoked';
  /** In plain words. */
  readonly why: string;
  readonly uplift: Uplift;
};

const DAY_MS = 86_400_000;
/** Older than this a lesson needs a measured gain to stay. */
export const LONGEST_AGE_MS = 1095 * DAY_MS;
/** From so many decisions on, a lesson has to be possibly worth something to stay: nine times in ten not below this, in R a decision. */
export const TRIALS_TO_PROVE = 80;
const LEAST_WORTH = 0.1;

const NOBODY: Pick<LessonArms, 'used' | 'withheld'> = {
  used: { n: 0, sum: 0, squares: 0 },
  withheld: { n: 0, sum: 0, squares: 0 },
};

/**
 * What becomes of a lesson by what was known of it at a moment. Looking after every decision finds harm sooner, and now and then finds some
 * where there is none: what is lost then is a lesson that changed little. A lesson that helps is hardly ever lost; see
 * `test/unit/memory/planted-lessons.test.ts`, which measures both.
 */
export function standingOf(
  lesson: Pick<Lesson, 'resolvedAt'>,
  asOf: UnixMs,
  arms: LessonArms | undefined,
  revocation?: Revocation,
): Standing {
  const uplift = upliftOf(arms ?? NOBODY);
  const as = (status: Standing['status'], why: string): Standing => ({ status, why, uplift });
  if (revocation !== undefined) return as('revoked', revocation.reason);
  const measured = uplift.kind === 'estimate' ? measuredWords(uplift) : undefined;
  if (uplift.kind === 'estimate' && uplift.high < 0) return as('decayed', `it costs: ${measured}`);
  if (uplift.kind === 'estimate' && uplift.used + uplift.withheld >= TRIALS_TO_PROVE && uplift.ceiling < LEAST_WORTH)
    return as('decayed', `it is worth nothing: ${measured}`);
  const gains = uplift.kind === 'estimate' && uplift.low > 0;
  if (asOf - lesson.resolvedAt > LONGEST_AGE_MS && !gains)
    return as('decayed', `it is of ${utcText(lesson.resolvedAt)}, more than three years ago, and no gain was measured`);
  if (measured === undefined) return as('active', 'too few decisions to measure it yet');
  return as('active', `${gains ? 'it helps' : 'nothing is proven yet'}: ${measured}`);
}

const measuredWords = ({ mean, low, high, used, withheld }: Uplift & { readonly kind: 'estimate' }): string =>
  `${numberText(mean, 3)} R a decision (95 % interval ${numberText(low, 3)} to ${numberText(high, 3)} R; ${used} with it, ${withheld} without)`;
