import { deepestDrawdown } from '../statistics/drawdown.ts';
import { momentsOf } from '../statistics/moments.ts';
import { ENOUGH_DAYS } from '../statistics/return-metrics.ts';

/** A later drawdown of this many times the promised one ends a promotion. */
export const DRAWDOWN_STRETCH = 1.5;
/** Below this no drawdown ends it: a promised one of nearly nothing would forbid every loss. */
export const LEAST_DRAWDOWN = 0.03;
/** Standard errors below half of the promised mean: one in twenty where all of half the promise is kept, fewer where it all is. */
export const DECAY_ERRORS = 1.645;

/** What a genome was promoted on. */
export type PromotionRecord = {
  /** Mean daily return of its proof. */
  readonly dailyMean: number;
  /** Deepest drawdown in any window or in the proof, 0..1. */
  readonly drawdown: number;
};

export type DecayVerdict = {
  readonly decision: 'demote' | 'keep' | 'too early';
  readonly reasons: readonly string[];
  readonly days: number;
};

const percent = (share: number): string => `${Number((share * 100).toFixed(3))} %`;

/**
 * Judges a promoted genome by daily returns after its promotion. It is demoted when its drawdown goes beyond one and a half times the
 * promised one (and three percent), at any time; and, from thirty days on, when its mean lies so far below half of the promised mean
 * that chance would do it less than once in twenty.
 */
export function judgeDecay(promised: PromotionRecord, returns: Float64Array): DecayVerdict {
  const days = returns.length;
  const limit = Math.max(LEAST_DRAWDOWN, DRAWDOWN_STRETCH * promised.drawdown);
  const fallen = deepestDrawdown({ startEquity: 1, equity: compounded(returns) });
  if (fallen > limit)
    return {
      decision: 'demote',
      reasons: [`its drawdown of ${percent(fallen)} is beyond ${percent(limit)}, which its promotion allowed`],
      days,
    };
  if (days < ENOUGH_DAYS)
    return { decision: 'too early', reasons: [`${days} of ${ENOUGH_DAYS} days since its promotion`], days };
  const { mean, deviation } = momentsOf(returns);
  const error = deviation / Math.sqrt(days);
  const level = promised.dailyMean / 2;
  const words = `a mean of ${percent(mean)} a day over ${days} days, where it was promoted on ${percent(promised.dailyMean)}`;
  if (mean < level && level - mean > DECAY_ERRORS * error)
    return { decision: 'demote', reasons: [`it earns less than half of what it promised: ${words}`], days };
  return { decision: 'keep', reasons: [words], days };
}

/** What one unit of money becomes, day by day. */
export function compounded(returns: Float64Array): Float64Array {
  let mark = 1;
  return returns.map((value) => {
    mark *= 1 + value;
    return mark;
  });
}
