import type { MarketContext } from '../context/types.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import type { Inference, InferenceRequest, ModelStatus } from '../ports/inference.ts';
import { type AnalystPrompt, type AnalystQuestion, askAbout, type ModelAnswer, parseAnswer } from './analyst-prompt.ts';
import { sentenceOf } from './fact-sentences.ts';
import { groundingProblem } from './grounding.ts';
import type { Judgement, ModelOutcome, ModelProvenance } from './types.ts';

export type AskModelInput = {
  readonly inference: Inference;
  readonly context: MarketContext;
  /** The rules' judgement of the same context; the model may not go against its caution. */
  readonly rules: Judgement;
  readonly prompt: AnalystPrompt;
  readonly seed: number;
  readonly deadlineMs: number;
  readonly digest: Digest;
};

export type ModelOpinion = {
  readonly outcome: ModelOutcome;
  /** Present exactly when the outcome is `used`. */
  readonly judgement?: Judgement;
  /** Present when a loaded model was asked, whatever came of it. */
  readonly provenance?: ModelProvenance;
};

const LONGEST_RECORDED_ANSWER = 600;

/**
 * Puts the context before the local model and judges its answer: schema first, then the grounding gate. Never throws for anything
 * the model says; every way to fail is an outcome with its reason.
 */
export async function askModel(input: AskModelInput): Promise<ModelOpinion> {
  const { inference, context, prompt, digest } = input;
  const before = inference.status();
  if (before.kind === 'absent') return { outcome: { kind: 'absent', why: before.why } };
  if (before.kind === 'failed') return { outcome: { kind: 'failed', why: before.why } };
  // The sampler's seed has 32 bits; cutting it here keeps the recorded seed equal to the used one.
  const seed = input.seed % 2 ** 32;
  const question = askAbout(context, prompt, seed);
  if (question === undefined)
    return { outcome: { kind: 'failed', why: 'no fact of this context can be put before the model' } };

  const reply = await inference.ask(question.request, input.deadlineMs);
  const provenance = provenanceOf(inference.status(), question.request, prompt, digest);
  const asked = (outcome: ModelOutcome): ModelOpinion =>
    provenance === undefined ? { outcome } : { outcome, provenance };
  if (reply.kind !== 'answer') return asked({ kind: reply.kind, why: reply.why });

  const judged = judgeAnswer(reply.text, question, context, input.rules);
  return { ...asked(judged.outcome), ...(judged.judgement === undefined ? {} : { judgement: judged.judgement }) };
}

function judgeAnswer(text: string, question: AnalystQuestion, context: MarketContext, rules: Judgement): ModelOpinion {
  const answer = text.slice(0, LONGEST_RECORDED_ANSWER);
  const ids = question.shown.map((fact) => fact.id);
  const parsed = parseAnswer(text, ids);
  if (!parsed.ok) return { outcome: { kind: 'invalid', why: parsed.why, answer } };
  const problem = groundingProblem(parsed.answer, context, rules);
  if (problem !== undefined) return { outcome: { kind: 'ungrounded', why: problem, answer } };
  return { outcome: { kind: 'used', answer }, judgement: toJudgement(parsed.answer, context) };
}

/** The reasons are the cited facts in code's own words; nothing the model wrote is ever shown as a reason. */
function toJudgement(answer: ModelAnswer, context: MarketContext): Judgement {
  const reasons = answer.evidence.flatMap((id) => context.facts.filter((fact) => fact.id === id).map(sentenceOf));
  return {
    regime: answer.regime,
    bias: answer.bias,
    confidence: answer.confidence,
    evidence: answer.evidence,
    reasons,
  };
}

function provenanceOf(
  status: ModelStatus,
  request: InferenceRequest,
  prompt: AnalystPrompt,
  digest: Digest,
): ModelProvenance | undefined {
  if (status.kind !== 'ready') return undefined;
  return {
    modelName: status.name,
    modelHash: status.hash,
    // Over the whole request, grammar included: the same hash means that the same question was asked.
    promptHash: hashOf(digest, 'analyst-prompt', request),
    promptVersion: `${prompt.id}@${prompt.version}`,
    seed: request.seed,
    temperature: request.temperature,
    build: status.build,
  };
}
