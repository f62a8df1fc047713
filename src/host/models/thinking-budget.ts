import type { Inference, InferenceReply, InferenceRequest } from '#core/ports/inference.ts';

/** What one answer showed of a model's speed on this machine. */
export type MeasuredAnswer = {
  /** Characters of the question, and the tokens that they were. */
  readonly characters: number;
  readonly promptTokens: number;
  readonly promptMs: number;
  readonly tokens: number;
  readonly writingMs: number;
};

/** What a question is expected to take: reading it, and writing as many tokens as it allows. */
export type Expected = { readonly readingMs: number; readonly writingMs: number };

/** So many answers are remembered; the middle one counts, so that one disturbed answer changes little. */
const REMEMBERED = 9;
/** A deadline leaves this much more than what is expected: machines are busy now and then. */
const SLACK = 2;
/** No deadline is shorter, however quick the model: starting to think takes a moment too. */
const SHORTEST_MS = 1_000;

export type ThinkingBudget = {
  /** Undefined before anything was measured. */
  expected(request: InferenceRequest): Expected | undefined;
  note(request: InferenceRequest, reply: InferenceReply): void;
  /** Forgets the oldest measurement: after an overrun, and when a question was not asked, so that a machine that was busy gets another chance. */
  doubt(): void;
};

/** Learns from each answer how fast the model reads and writes here. */
export function createThinkingBudget(): ThinkingBudget {
  let measured: readonly MeasuredAnswer[] = [];
  return {
    expected(request) {
      if (measured.length === 0) return undefined;
      const tokensPerCharacter = median(measured.map((one) => one.promptTokens / one.characters));
      const msPerPromptToken = median(measured.map((one) => one.promptMs / one.promptTokens));
      const msPerToken = median(measured.map((one) => one.writingMs / one.tokens));
      return {
        readingMs: lengthOf(request) * tokensPerCharacter * msPerPromptToken,
        writingMs: request.maxTokens * msPerToken,
      };
    },
    note(request, reply) {
      if (reply.kind !== 'answer' || reply.promptTokens === undefined || reply.firstTokenMs === undefined) return;
      const { promptTokens, firstTokenMs: promptMs, tokens } = reply;
      const writingMs = reply.elapsedMs - promptMs;
      if (promptTokens === 0 || tokens === 0 || writingMs < 0) return;
      const one = { characters: lengthOf(request), promptTokens, promptMs, tokens, writingMs };
      measured = [...measured, one].slice(-REMEMBERED);
    },
    doubt() {
      measured = measured.slice(1);
    },
  };
}

/** The time that a question gets: twice what it should take on this machine, and never more than the decision can wait. */
export const deadlineFor = ({ readingMs, writingMs }: Expected, mostMs: number): number =>
  Math.min(Math.max(SLACK * (readingMs + writingMs), SHORTEST_MS), mostMs);

/**
 * The same model, with a deadline for each question from the measured speed. A question that this machine could not even read in
 * the time that the decision can wait is not asked: the answer is `late` at once, with the measured times.
 */
export function withThinkingBudget(inference: Inference, budget: ThinkingBudget = createThinkingBudget()): Inference {
  return {
    status: () => inference.status(),
    dispose: () => inference.dispose(),
    async ask(request, mostMs, options) {
      const expected = budget.expected(request);
      if (expected !== undefined && expected.readingMs > mostMs) {
        budget.doubt();
        const seconds = (ms: number): string => (ms / 1000).toFixed(1);
        return {
          kind: 'late',
          why: `not asked: reading the question takes ${seconds(expected.readingMs)} s on this machine and the decision waits ${seconds(mostMs)} s`,
        };
      }
      const deadlineMs = expected === undefined ? mostMs : deadlineFor(expected, mostMs);
      const reply = await inference.ask(request, Math.round(deadlineMs), options);
      if (reply.kind === 'late') budget.doubt();
      budget.note(request, reply);
      return reply;
    },
  };
}

const lengthOf = ({ system, user }: InferenceRequest): number => Math.max(system.length + user.length, 1);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.POSITIVE_INFINITY;
}
