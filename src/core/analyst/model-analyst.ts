import type { MarketContext } from '../context/types.ts';
import type { Digest } from '../kernel/ids.ts';
import type { Inference, InferenceReply, InferenceRequest, ModelStatus } from '../ports/inference.ts';
import {
  type AnalystPrompt,
  type AnalystQuestion,
  askAbout,
  askings,
  type ModelAnswer,
  parseAnswer,
} from './analyst-prompt.ts';
import { UNKNOWN_CUTOFF } from './contamination.ts';
import { disagreementOf, MOST_SAMPLES } from './disagreement.ts';
import { sentenceOf } from './fact-sentences.ts';
import { groundingProblem } from './grounding.ts';
import { numberProblem } from './number-grounding.ts';
import { type ModelReceipt, questionOf, receiptModel, requestHash, sampleReply } from './receipt.ts';
import type { Disagreement, Judgement, ModelOutcome, ModelProvenance } from './types.ts';

export type AskModelInput = {
  readonly inference: Inference;
  readonly context: MarketContext;
  /** The rules' judgement of the same context; the model may not go against its caution. */
  readonly rules: Judgement;
  readonly prompt: AnalystPrompt;
  readonly seed: number;
  /** For all samples together. */
  readonly deadlineMs: number;
  readonly digest: Digest;
} & AskingOptions;

/** How a model is asked beyond the question itself. */
export type AskingOptions = {
  /** How often, 1 to MOST_SAMPLES; 1 when left out. */
  readonly samples?: number;
  /** Hide the numbers of the facts. */
  readonly masked?: boolean;
  /** The model's declared end of training as `2024-06-30`; `unknown` when left out. */
  readonly cutoff?: string;
};

export type ModelOpinion = {
  readonly outcome: ModelOutcome;
  /** Present exactly when the outcome is `used`. */
  readonly judgement?: Judgement;
  /** Present when a loaded model was asked, whatever came of it. */
  readonly provenance?: ModelProvenance;
  /** Present when a question was put, whatever came of it. */
  readonly receipt?: ModelReceipt;
  readonly disagreement?: Disagreement;
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
  const question = askAbout(context, prompt, input.seed, input.masked);
  if (question === undefined)
    return { outcome: { kind: 'failed', why: 'no fact of this context can be put before the model' } };

  const asked = askings(question.request, clampSamples(input.samples));
  const replies = await askInTurn(inference, asked, input.deadlineMs);
  const status = inference.status();
  const judged = replies.map((reply) => judgeReply(reply, question, context, input.rules));
  const [first] = judged;
  if (first === undefined) throw new RangeError('a question was asked no times');
  const provenance = provenanceOf(status, question.request, prompt, digest);
  const disagreement = disagreementOf(judged.map(({ judgement }) => judgement?.regime ?? 'abstained'));
  return {
    ...first,
    ...(provenance === undefined ? {} : { provenance }),
    ...(disagreement === undefined ? {} : { disagreement }),
    receipt: {
      snapshotHash: context.snapshotHash,
      contextHash: context.hash,
      promptVersion: versionOf(prompt),
      question: questionOf(question.request),
      model: receiptModel(status),
      cutoff: input.cutoff ?? UNKNOWN_CUTOFF,
      masked: input.masked ?? false,
      samples: asked.map(({ seed, temperature }, index) => ({
        seed,
        temperature,
        reply: sampleReply(replies[index] ?? { kind: 'failed', why: 'no reply' }),
      })),
    },
  };
}

type NoAnswer = Exclude<InferenceReply, { kind: 'answer' }>;

/** One after the other under one deadline: what an answer took is no longer there for the next, and after a failure none is asked. */
async function askInTurn(
  inference: Inference,
  asked: readonly InferenceRequest[],
  deadlineMs: number,
): Promise<readonly InferenceReply[]> {
  const replies: InferenceReply[] = [];
  let left = deadlineMs;
  for (const request of asked) {
    const broken = replies.find((reply): reply is NoAnswer => reply.kind !== 'answer');
    if (broken !== undefined) {
      replies.push({ kind: broken.kind, why: 'not asked: the sample before had no answer' });
      continue;
    }
    const reply: InferenceReply =
      left > 0 ? await inference.ask(request, left) : { kind: 'late', why: `no time was left of ${deadlineMs} ms` };
    if (reply.kind === 'answer') left -= reply.elapsedMs;
    replies.push(reply);
  }
  return replies;
}

/** A number of samples that a settings file got wrong costs no more than the most, and never leaves the question unasked. */
const clampSamples = (samples = 1): number =>
  Number.isInteger(samples) ? Math.min(MOST_SAMPLES, Math.max(1, samples)) : 1;

const versionOf = ({ id, version }: AnalystPrompt): string => `${id}@${version}`;

function judgeReply(
  reply: InferenceReply,
  question: AnalystQuestion,
  context: MarketContext,
  rules: Judgement,
): Pick<ModelOpinion, 'outcome' | 'judgement'> {
  if (reply.kind !== 'answer') return { outcome: { kind: reply.kind, why: reply.why } };
  return judgeAnswer(reply.text, question, context, rules);
}

function judgeAnswer(
  text: string,
  question: AnalystQuestion,
  context: MarketContext,
  rules: Judgement,
): Pick<ModelOpinion, 'outcome' | 'judgement'> {
  const answer = text.slice(0, LONGEST_RECORDED_ANSWER);
  const ids = question.shown.map((fact) => fact.id);
  const parsed = parseAnswer(text, ids);
  if (!parsed.ok) return { outcome: { kind: 'invalid', why: parsed.why, answer } };
  const problem = groundingProblem(parsed.answer, context, rules);
  if (problem !== undefined) return { outcome: { kind: 'ungrounded', why: problem, answer } };
  const judgement = toJudgement(parsed.answer, context);
  // The sentences are our own; that they say nothing but what was measured is checked all the same, like every other number.
  const cited = context.facts.filter((fact) => judgement.evidence.includes(fact.id));
  const invented = judgement.reasons.flatMap((reason) => numberProblem(reason, cited) ?? [])[0];
  if (invented !== undefined) return { outcome: { kind: 'ungrounded', why: invented, answer } };
  return { outcome: { kind: 'used', answer }, judgement };
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
    promptHash: requestHash(digest, request),
    promptVersion: versionOf(prompt),
    seed: request.seed,
    temperature: request.temperature,
    build: status.build,
  };
}
