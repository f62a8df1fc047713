import type { Assessment, Regime } from '../analyst/types.ts';
import type { FamilyName } from '../domain/strategy.ts';
import { numberText } from '../kernel/number-text.ts';

export type FamilyChoice =
  | {
      readonly kind: 'family';
      /** What answers the regime as long as memory knows nothing better. */
      readonly family: FamilyName;
      /** What answers it too, in order. */
      readonly others: readonly FamilyName[];
    }
  | { readonly kind: 'none'; readonly why: string };

type Rule = { readonly family: FamilyName; readonly others?: readonly FamilyName[] } | { readonly standAside: string };

/** Which family answers which regime. This release trades spot and long only, so falling markets have none. */
const RULES: Readonly<Record<Regime, Rule>> = {
  trending_up: { family: 'trend-following' },
  ranging: { family: 'mean-reversion' },
  breakout: { family: 'trend-following' },
  trending_down: {
    standAside: 'the market is trending down, and this release buys spot only: shorts are not part of it',
  },
  volatile: { standAside: 'the market is volatile: stops would be hit by noise, so it stands aside' },
  illiquid: { standAside: 'the market is illiquid: an exit could not be relied on, so it stands aside' },
};

export const regimeWords = (regime: Regime): string => regime.replaceAll('_', ' ');

/** Picks a family for the assessment, or says in plain words why none fits. Anything unknown or not a number means none. */
export function chooseFamily(assessment: Assessment, minConfidence: number): FamilyChoice {
  const { regime, bias, confidence } = assessment;
  if (!Object.hasOwn(RULES, regime)) return none(`no family is known for the regime "${regime}"`);
  const rule = RULES[regime];
  if ('standAside' in rule) return none(rule.standAside);
  if (!(confidence >= 0 && confidence <= 1)) return none('the confidence is not a number between 0 and 1');
  if (confidence < minConfidence) {
    return none(
      `the confidence in "${regimeWords(regime)}" is ${numberText(confidence, 3)}, below the ${numberText(minConfidence, 3)} that is needed`,
    );
  }
  if (bias === 'short')
    return none(
      `the judgement is "${regimeWords(regime)}" with a bias to the short side, and this release buys spot only`,
    );
  if (regime === 'breakout' && bias !== 'long') return none('the price is breaking out, but not clearly upwards');
  return { kind: 'family', family: rule.family, others: rule.others ?? [] };
}

const none = (why: string): FamilyChoice => ({ kind: 'none', why });
