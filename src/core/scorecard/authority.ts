import { REGIMES } from '../analyst/types.ts';
import type { Hash } from '../domain/ids.ts';
import { isKnown } from '../statistics/figure.ts';
import { brierScore, meanScore } from './score.ts';
import { overlapOf } from './scorecard.ts';
import { type Call, DIRECTIONS, type Outcome, type Resolved } from './types.ts';

/**
 * How much a model's answer may do. `trial`: make the rules more careful, never surer. `earned`: also lift their confidence a little.
 * `withdrawn`: nothing; it is asked and scored on, so that it can come back.
 */
export type Authority = { readonly level: 'trial' | 'earned' | 'withdrawn'; readonly why: string; readonly n: number };

/** Newest calls that count: a model is judged by what it does now. */
const WINDOW = 500;

/** The authority that a model's scores have earned against the rules on the same moments, both questions together. */
export function authorityOf(resolved: readonly Resolved[], model: Hash): Authority {
  const moments = resolved.flatMap((one) => {
    const own = one.calls.find(({ caller }) => caller.kind === 'model' && caller.hash === model);
    const rules = one.calls.find(({ caller }) => caller.kind === 'rules');
    return own === undefined || rules === undefined
      ? []
      : [{ ...one, difference: scoreOf(own, one.outcome) - scoreOf(rules, one.outcome) }];
  });
  const newest = moments.slice(-WINDOW);
  const n = newest.length;
  const difference = meanScore(
    newest.map((one) => one.difference),
    overlapOf(newest),
  );
  if (!isKnown(difference))
    return { level: 'trial', why: `on trial: ${n} calls of it have come due, too few to judge`, n };
  const { low, high } = difference.interval;
  const said = `its Brier score less that of the rules is ${difference.value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}, n = ${n})`;
  if (high < 0) return { level: 'earned', why: `earned: ${said}`, n };
  if (low > 0) return { level: 'withdrawn', why: `withdrawn: ${said}`, n };
  return { level: 'trial', why: `on trial: ${said}`, n };
}

const scoreOf = ({ direction, regime }: Call, outcome: Outcome): number =>
  brierScore(direction, DIRECTIONS, outcome.direction) + brierScore(regime, REGIMES, outcome.regime);
