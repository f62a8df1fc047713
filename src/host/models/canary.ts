import type { ModelStatus } from '#core/ports/inference.ts';
import type { CanaryGrade, CanaryView } from '#shared/contract/models.ts';
import type { LlamaInference } from '../inference-process.ts';

/** What the canary needs of a model. */
export type Prober = Pick<LlamaInference, 'probe' | 'status'>;

/** Never change a letter of it: grades of one weights and build are only worth comparing for the same question. */
const QUESTION = {
  system: 'You count and name things. Answer in plain words.',
  user: 'Name three colours, two animals and one number between four and nine, and say in one sentence what they have in common.',
  seed: 20_260_101,
  temperature: 0.8,
  tokens: 24,
} as const;
const RUNS = 3;

type Probed = Extract<Awaited<ReturnType<Prober['probe']>>, { kind: 'probed' }>;
export type CanaryOutcome =
  | { readonly kind: 'graded'; readonly canary: CanaryView; readonly answers: readonly Probed[] }
  | { readonly kind: 'failed'; readonly why: string };

/**
 * Asks one fixed question three times in contexts of their own and compares. `bit-exact`: the probability of every token of the
 * vocabulary was the same at each step, to the last bit. `stable-text`: the tokens were the same and the probabilities were not.
 * `non-deterministic`: other tokens. Only the first promises that a recorded decision can be repeated.
 */
export async function runCanary(model: Prober, deadlineMs: number, now: () => number): Promise<CanaryOutcome> {
  const answers: Probed[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const reply = await model.probe({ ...QUESTION, context: 'cold' }, deadlineMs);
    if (reply.kind !== 'probed') return { kind: 'failed', why: reply.why };
    answers.push(reply);
  }
  const status: ModelStatus = model.status();
  if (status.kind !== 'ready') return { kind: 'failed', why: 'the model went away' };
  const canary: CanaryView = {
    grade: gradeOf(answers),
    hash: status.hash,
    build: status.build,
    n: answers.length,
    tokens: answers[0]?.tokens.length ?? 0,
    at: now(),
  };
  return { kind: 'graded', canary, answers };
}

const allEqual = (values: readonly string[]): boolean => new Set(values).size <= 1;

/** The best that these answers allow. */
export function gradeOf(answers: readonly Pick<Probed, 'bits' | 'tokens'>[]): CanaryGrade {
  if (!allEqual(answers.map(({ tokens }) => tokens.join(' ')))) return 'non-deterministic';
  return allEqual(answers.map(({ bits }) => bits)) ? 'bit-exact' : 'stable-text';
}

export type PrefixReuse = {
  /** Questions that were asked both ways. */
  readonly n: number;
  /** Tokens that did not have to be read again, of all of them. */
  readonly reusedTokens: number;
  readonly promptTokens: number;
  /** Answers whose probabilities differed from the cold ones, and those where even the tokens did. */
  readonly otherBits: number;
  readonly otherTokens: number;
};

/**
 * Measures what a kept prompt cache changes: each question is asked in a context of its own and in one that still holds the
 * questions before it. Only a measurement: no real question is asked the second way, because a replay could not repeat it.
 */
export async function measurePrefixReuse(model: Prober, questions: number, deadlineMs: number): Promise<PrefixReuse> {
  let [n, reusedTokens, promptTokens, otherBits, otherTokens] = [0, 0, 0, 0, 0];
  for (let at = 0; at < questions; at += 1) {
    // Long enough that a cold context reads it in more than one batch, which is where the arithmetic can part.
    const question = {
      ...QUESTION,
      system: QUESTION.system.repeat(9),
      user: `${QUESTION.user} This is question ${at}.`,
      seed: QUESTION.seed + at,
    };
    const cold = await model.probe({ ...question, context: 'cold' }, deadlineMs);
    const reused = await model.probe({ ...question, context: 'reuse' }, deadlineMs);
    if (cold.kind !== 'probed' || reused.kind !== 'probed') continue;
    n += 1;
    reusedTokens += reused.reusedTokens;
    promptTokens += reused.promptTokens;
    const grade = gradeOf([cold, reused]);
    if (grade !== 'bit-exact') otherBits += 1;
    if (grade === 'non-deterministic') otherTokens += 1;
  }
  return { n, reusedTokens, promptTokens, otherBits, otherTokens };
}
