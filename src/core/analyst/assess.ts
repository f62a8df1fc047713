import type { MarketContext } from '../context/types.ts';
import type { Digest } from '../kernel/ids.ts';
import type { Inference } from '../ports/inference.ts';
import type { AnalystPrompt } from './analyst-prompt.ts';
import { contaminationOf } from './contamination.ts';
import { STANDS_ASIDE } from './grounding.ts';
import { type AskingOptions, askModel, type ModelOpinion } from './model-analyst.ts';
import type { ModelReceipt } from './receipt.ts';
import type { Assessment, Judgement, ModelOutcome } from './types.ts';

export type AssessInput = {
  readonly context: MarketContext;
  readonly judgeByRules: (context: MarketContext) => Judgement;
  /** The model to ask and how; undefined when the master has chosen none. */
  readonly model: AnalystModel | undefined;
  readonly seed: number;
  readonly digest: Digest;
  /** The market was made here: no model can have read about it. */
  readonly madeHere?: boolean;
  /** Told what was asked and answered, once a model was asked at all. */
  readonly onAsked?: (receipt: ModelReceipt) => void;
};

export type AnalystModel = {
  readonly inference: Inference;
  readonly prompt: AnalystPrompt;
  readonly deadlineMs: number;
  /** What its scores have earned it; `earned` when nobody keeps scores. */
  readonly authority?: ModelAuthority;
} & AskingOptions;

/** `trial`: it may make the rules more careful. `earned`: and lift their confidence a little. `withdrawn`: it is heard and changes nothing. */
export type ModelAuthority = 'trial' | 'earned' | 'withdrawn';

/** How far the model's agreement may lift the rules' confidence. */
const MOST_LIFT = 0.1;
const twoDecimals = (value: number): number => Math.round(value * 100) / 100;

/**
 * Stage 3. The rules judge first, always; then the model may speak. Its answer stands only when it is valid and grounded, and even
 * then it can only confirm the rules or make them more careful (see `combine`). In every other case the rules' judgement stands
 * and the outcome says why.
 */
export async function assess(input: AssessInput): Promise<Assessment> {
  const { context, model } = input;
  const rules = input.judgeByRules(context);
  const opinion: ModelOpinion =
    model === undefined
      ? { outcome: { kind: 'absent', why: 'no model is chosen' } }
      : await askModel({ ...model, context, rules, seed: input.seed, digest: input.digest });
  if (opinion.receipt !== undefined) input.onAsked?.(opinion.receipt);
  const { judgement } = opinion;
  const authority = model?.authority ?? 'earned';
  const heard = judgement !== undefined && authority !== 'withdrawn';
  const stands = heard ? combine(rules, judgement, authority === 'earned' ? MOST_LIFT : 0) : rules;
  return {
    ...stands,
    contextHash: context.hash,
    source: heard ? 'model' : 'rules',
    rules,
    ...(judgement === undefined
      ? {}
      : { modelSaid: { regime: judgement.regime, bias: judgement.bias, confidence: judgement.confidence } }),
    model: judgement !== undefined && !heard ? outvoted(opinion.outcome) : opinion.outcome,
    ...(opinion.provenance === undefined ? {} : { provenance: opinion.provenance }),
    ...(opinion.disagreement === undefined ? {} : { disagreement: opinion.disagreement }),
    ...(opinion.receipt === undefined
      ? {}
      : { contamination: contaminationOf(opinion.receipt.cutoff, context.asOf, input.madeHere ?? false) }),
  };
}

/**
 * What stands when the model's grounded answer is used: never a regime in which more is traded than in the rules' own.
 *
 * Where both name the same regime and bias, the evidence and reasons are the model's and the confidence is the mean of both, at most 0.1
 * above the rules'. Otherwise disagreement costs: half of the smaller confidence, and of the two labels the one that stands aside, or else
 * the rules': another label would bring another family, which may buy where that of the rules would not.
 *
 * The bias is the rules' where both agree and `none` where they do not: the model can take a direction away and never give one.
 */
export function combine(rules: Judgement, model: Judgement, mostLift = MOST_LIFT): Judgement {
  const bias = model.bias === rules.bias ? rules.bias : 'none';
  if (model.regime === rules.regime && model.bias === rules.bias) {
    const confidence = Math.min((rules.confidence + model.confidence) / 2, rules.confidence + mostLift, 1);
    return { ...model, bias, confidence: twoDecimals(confidence) };
  }
  const careful = STANDS_ASIDE[model.regime] ? model : rules;
  return { ...careful, bias, confidence: twoDecimals(Math.min(rules.confidence, model.confidence) / 2) };
}

/** A valid and grounded answer of a model that has scored worse than the rules. */
const outvoted = (outcome: ModelOutcome): ModelOutcome => ({
  kind: 'outvoted',
  why: 'its scores are worse than those of the rules, which stand until that changes',
  answer: 'answer' in outcome ? (outcome.answer ?? '') : '',
});
