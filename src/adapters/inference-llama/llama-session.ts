import { performance } from 'node:perf_hooks';
import {
  type ChatWrapper,
  type GbnfJsonObjectSchema,
  getModuleVersion,
  type Llama,
  LlamaChatSession,
  type LlamaModel,
} from 'node-llama-cpp';
import { Fault } from '#core/kernel/fault.ts';
import type { ModelRuntime } from '#core/ports/inference.ts';
import { chatWrapperFor } from './chat-wrapper.ts';
import { describeBuild, type LlamaSettings, openModel } from './open-model.ts';
import { createProber, type LlamaProbe } from './probe.ts';
import type { AskMessage, ProbeMessage } from './protocol.ts';

export type LlamaAnswer = {
  readonly text: string;
  readonly tokens: number;
  readonly tokenIds: number[];
  readonly elapsedMs: number;
  readonly promptTokens: number;
  readonly firstTokenMs: number;
};

/** A loaded model. Questions are answered one at a time. */
export type LlamaSession = {
  /** Everything besides weights, prompt and seed that the bits of an answer depend on. */
  readonly build: string;
  readonly runtime: ModelRuntime;
  /** Rejects with the signal's reason when aborted, and with a Fault when the question does not fit. `onText` hears the text as it grows. */
  ask(question: AskMessage, signal: AbortSignal, onText?: (text: string) => void): Promise<LlamaAnswer>;
  /** Answers the fixed question of the canary; see `createProber`. */
  probe(probe: ProbeMessage, signal: AbortSignal): Promise<LlamaProbe>;
  dispose(): Promise<void>;
};

/** Tokens evaluated in one go; an abort is noticed between two of these. Part of what a bit-exact answer depends on. */
const BATCH_SIZE = 256;

/** A language model that answers questions. */
export async function loadLlama(settings: LlamaSettings): Promise<LlamaSession> {
  const { llama, model } = await openModel(settings, 'generate');
  try {
    const wrapper = chatWrapperFor(model);
    const contextSize = Math.min(settings.contextSize, model.trainContextSize);
    const evaluation = { threads: settings.threads, contextSize, batchSize: BATCH_SIZE };
    const build = await describeBuild(llama, evaluation);
    return {
      build,
      runtime: {
        nodeLlamaCpp: await getModuleVersion(),
        llamaCpp: llama.llamaCppRelease.release,
        backend: 'cpu',
        ...evaluation,
        chatFormat: wrapper.wrapperName,
      },
      ask: (question, signal, onText) =>
        answer(llama, model, wrapper, { ...settings, contextSize }, question, signal, onText),
      probe: createProber(model, wrapper, evaluation),
      async dispose() {
        await llama.dispose();
      },
    };
  } catch (error) {
    await llama.dispose();
    throw error;
  }
}

async function answer(
  llama: Llama,
  model: LlamaModel,
  chatWrapper: ChatWrapper,
  settings: LlamaSettings,
  question: AskMessage,
  signal: AbortSignal,
  onText?: (text: string) => void,
): Promise<LlamaAnswer> {
  const startedAt = performance.now();
  let firstTokenMs: number | undefined;
  const schema: Readonly<Record<string, unknown>> = question.schema;
  const grammar = await llama.createGrammarForJsonSchema(schema as GbnfJsonObjectSchema);
  refuseOversize(model, chatWrapper, settings.contextSize, question);
  // A context of its own for every question: a reused one keeps a cache whose reuse changes the last bits of an answer.
  const context = await model.createContext({
    contextSize: settings.contextSize,
    batchSize: Math.min(BATCH_SIZE, settings.contextSize),
    sequences: 1,
    threads: settings.threads,
    flashAttention: false,
    createSignal: signal,
  });
  try {
    const sequence = context.getSequence();
    const session = new LlamaChatSession({ contextSequence: sequence, chatWrapper, systemPrompt: question.system });
    const tokenIds: number[] = [];
    const text = await session.prompt(question.user, {
      grammar,
      seed: question.seed,
      temperature: question.temperature,
      maxTokens: question.maxTokens,
      // The library's default penalty would push the model away from repeating a fact id or a quote mark.
      repeatPenalty: false,
      budgets: { thoughtTokens: 0, commentTokens: 0 },
      signal,
      onResponseChunk({ tokens }) {
        firstTokenMs ??= performance.now() - startedAt;
        tokenIds.push(...tokens);
      },
      ...(onText === undefined ? {} : { onTextChunk: onText }),
    });
    const elapsedMs = performance.now() - startedAt;
    return {
      text: text.trimEnd(),
      tokens: sequence.tokenMeter.usedOutputTokens,
      tokenIds,
      elapsedMs,
      promptTokens: sequence.tokenMeter.usedInputTokens,
      firstTokenMs: firstTokenMs ?? elapsedMs,
    };
  } finally {
    await context.dispose();
  }
}

/** Too long a prompt would be shortened silently by the library, and the model would answer another question than the recorded one. */
function refuseOversize(model: LlamaModel, chatWrapper: ChatWrapper, contextSize: number, question: AskMessage): void {
  const { contextText } = chatWrapper.generateContextState({
    chatHistory: [
      { type: 'system', text: question.system },
      { type: 'user', text: question.user },
      { type: 'model', response: [] },
    ],
  });
  const needed = contextText.tokenize(model.tokenizer).length + question.maxTokens;
  if (needed <= contextSize) return;
  throw new Fault(
    'bad_model',
    `the question needs ${needed} tokens and the model's context holds ${contextSize}`,
    'use a model with a longer context',
  );
}
