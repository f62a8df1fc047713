import type { FactId, Hash } from '../domain/ids.ts';

export const REGIMES = ['trending_up', 'trending_down', 'ranging', 'volatile', 'breakout', 'illiquid'] as const;
export type Regime = (typeof REGIMES)[number];
export type Bias = 'long' | 'short' | 'none';
/** Confidence is one of eleven steps, 0 to 1 by 0.1 for the model; rules give any two-decimal value. */
export type Judgement = {
  readonly regime: Regime;
  readonly bias: Bias;
  readonly confidence: number;
  /** Facts that decided it, most telling first; each exists in the context. */
  readonly evidence: readonly FactId[];
  /** Plain sentences rendered by code from the cited facts. */
  readonly reasons: readonly string[];
};

/** Why the model's answer does or does not stand. Everything but `used` is a fallback to the rules, and is labelled so. */
export type ModelOutcome =
  | { readonly kind: 'absent'; readonly why: string }
  | { readonly kind: 'late'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'invalid'; readonly why: string; readonly answer?: string }
  | { readonly kind: 'ungrounded'; readonly why: string; readonly answer: string }
  /** Valid and grounded, of a model whose authority was withdrawn. */
  | { readonly kind: 'outvoted'; readonly why: string; readonly answer: string }
  | { readonly kind: 'used'; readonly answer: string };

/** Everything needed to ask the same question again. */
export type ModelProvenance = {
  readonly modelName: string;
  readonly modelHash: Hash;
  readonly promptHash: Hash;
  readonly promptVersion: string;
  readonly seed: number;
  readonly temperature: number;
  readonly build: string;
};

/** How far a model's answers to one question, drawn with different seeds, disagree; see `disagreement.ts`. */
export type Disagreement = {
  readonly samples: number;
  /** How often each label was given; `abstained` counts the answers that would not have stood. */
  readonly labels: { readonly [label: string]: number };
  /** Entropy of the labels as a share of the largest possible: 0 all agree, 1 no two do. */
  readonly entropy: number;
  /** Share of the size that is left, as decimal text; `0` blocks. */
  readonly sizeFactor: string;
};

/** Whether the model can have read about what it was asked; see `contamination.ts`. */
export type Contamination = {
  /** Declared end of its training, or `unknown`. */
  readonly cutoff: string;
  readonly verdict: 'may_remember' | 'after_cutoff' | 'made_here';
};

/** The analyst's judgement. `source` says whose answer stands. Stage 3's output. */
export type Assessment = Judgement & {
  /** What the model itself said, once its answer was valid and grounded: it is scored on this, and not on what was made of it. */
  readonly modelSaid?: Pick<Judgement, 'regime' | 'bias' | 'confidence'>;
  readonly contextHash: Hash;
  readonly source: 'rules' | 'model';
  readonly rules: Judgement;
  readonly model: ModelOutcome;
  readonly provenance?: ModelProvenance;
  /** Present when a model was asked more than once. Bears on the size only where its answer stands. */
  readonly disagreement?: Disagreement;
  /** Present when a model was asked about a market. */
  readonly contamination?: Contamination;
};
