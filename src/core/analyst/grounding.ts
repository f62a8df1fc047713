import type { MarketContext } from '../context/types.ts';
import type { ModelAnswer } from './analyst-prompt.ts';
import { readingOf } from './fact-readings.ts';
import type { Bias, Judgement, Regime } from './types.ts';

/** What a label or a bias claims about the direction of the market. */
const DIRECTION_OF_REGIME: { readonly [regime in Regime]: -1 | 0 | 1 } = {
  trending_up: 1,
  trending_down: -1,
  ranging: 0,
  volatile: 0,
  breakout: 0,
  illiquid: 0,
};
const DIRECTION_OF_BIAS: { readonly [bias in Bias]: -1 | 0 | 1 } = { long: 1, short: -1, none: 0 };

/** Regimes in which no family of this release (spot, long only) opens a position. */
export const STANDS_ASIDE: { readonly [regime in Regime]: boolean } = {
  trending_up: false,
  ranging: false,
  breakout: false,
  trending_down: true,
  volatile: true,
  illiquid: true,
};

/** The market's own signed returns, longest first; what the rules' direction comes from. */
const SIGNED_RETURNS = ['return168', 'return24', 'return1'];

/**
 * The gate between what a model says and what stands. Answers why the answer is refused, or undefined when it is grounded:
 * 1. every cited fact exists in this context, once;
 * 2. at least one cited fact speaks for the label and none against it;
 * 3. direction comes from the data: a label or bias that claims one must agree with the market's signed return, with itself, and may
 *    not be opposite to the rules' bias;
 * 4. where the rules stand aside, the model may not talk them into the market.
 */
export function groundingProblem(answer: ModelAnswer, context: MarketContext, rules: Judgement): string | undefined {
  return evidenceProblem(answer, context) ?? directionProblem(answer, context, rules) ?? cautionProblem(answer, rules);
}

function evidenceProblem({ evidence, regime }: ModelAnswer, context: MarketContext): string | undefined {
  if (evidence.length === 0) return 'no fact is cited';
  const repeated = evidence.find((id, index) => evidence.indexOf(id) !== index);
  if (repeated !== undefined) return `${repeated} is cited twice`;
  let supported = false;
  for (const id of evidence) {
    const fact = context.facts.find((candidate) => candidate.id === id);
    if (fact === undefined) return `${id} is no fact of this context`;
    const reading = readingOf(fact, context);
    if (reading === undefined) return `${id} (${fact.label}) says nothing about a regime`;
    if (reading.contradicts.includes(regime)) return `${id} (${fact.label}: ${reading.words}) speaks against ${regime}`;
    supported ||= reading.supports.includes(regime);
  }
  return supported ? undefined : `none of ${evidence.join(', ')} speaks for ${regime}`;
}

function directionProblem({ regime, bias }: ModelAnswer, context: MarketContext, rules: Judgement): string | undefined {
  const [byRegime, byBias] = [DIRECTION_OF_REGIME[regime], DIRECTION_OF_BIAS[bias]];
  if (byRegime * byBias < 0) return `${bias} contradicts ${regime}`;
  const claimed = byRegime === 0 ? byBias : byRegime;
  if (claimed === 0) return undefined;
  if (DIRECTION_OF_BIAS[rules.bias] === -claimed)
    return `${bias === 'none' ? regime : bias} is opposite to the rules' ${rules.bias}`;
  const measured = signedReturn(context);
  if (measured === undefined) return 'no return is known that could confirm a direction';
  if (Math.sign(measured.value) === claimed) return undefined;
  return `${byRegime === 0 ? bias : regime} does not agree with ${measured.id} (${measured.label})`;
}

function cautionProblem({ regime }: ModelAnswer, rules: Judgement): string | undefined {
  if (!STANDS_ASIDE[rules.regime] || STANDS_ASIDE[regime]) return undefined;
  return `the rules stand aside (${rules.regime}); the model may not lift that to ${regime}`;
}

const signedReturn = (context: MarketContext) =>
  SIGNED_RETURNS.map((name) => context.facts.find((fact) => fact.name === name)).find((fact) => fact !== undefined);
