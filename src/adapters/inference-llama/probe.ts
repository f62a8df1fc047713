import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { ChatWrapper, LlamaContext, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import type { ProbeMessage } from './protocol.ts';

export type LlamaProbe = {
  readonly text: string;
  readonly tokens: number[];
  readonly bits: string;
  readonly promptTokens: number;
  readonly reusedTokens: number;
  readonly firstTokenMs: number;
  readonly elapsedMs: number;
};

type ProbeSettings = { readonly contextSize: number; readonly threads: number; readonly batchSize: number };
type Kept = { readonly context: LlamaContext; readonly sequence: LlamaContextSequence };

/**
 * Answers a fixed question and hashes the probabilities behind each token. A cold probe has a context of its own, as every real
 * question has. A reusing one keeps what the context still holds of the same beginning, which is what a prompt cache does; it exists
 * only so that the effect of that can be measured, and no real question is ever answered that way.
 */
export function createProber(model: LlamaModel, wrapper: ChatWrapper, settings: ProbeSettings) {
  let kept: Kept | undefined;

  async function open(signal: AbortSignal): Promise<Kept> {
    const context = await model.createContext({
      ...settings,
      sequences: 1,
      flashAttention: false,
      createSignal: signal,
    });
    return { context, sequence: context.getSequence() };
  }

  return async (probe: ProbeMessage, signal: AbortSignal): Promise<LlamaProbe> => {
    const startedAt = performance.now();
    if (probe.context === 'cold') {
      const fresh = await open(signal);
      try {
        return await evaluate(model, wrapper, fresh.sequence, probe, signal, startedAt);
      } finally {
        await fresh.context.dispose();
      }
    }
    kept ??= await open(signal);
    return await evaluate(model, wrapper, kept.sequence, probe, signal, startedAt);
  };
}

async function evaluate(
  model: LlamaModel,
  wrapper: ChatWrapper,
  sequence: LlamaContextSequence,
  probe: ProbeMessage,
  signal: AbortSignal,
  startedAt: number,
): Promise<LlamaProbe> {
  const { contextText } = wrapper.generateContextState({
    chatHistory: [
      { type: 'system', text: probe.system },
      { type: 'user', text: probe.user },
      { type: 'model', response: [] },
    ],
  });
  const question = contextText.tokenize(model.tokenizer);
  // Drops what the context holds beyond the common beginning; a fresh one holds nothing.
  await sequence.adaptStateToTokens(question, false);
  const rest = question.slice(sequence.nextTokenIndex);
  const bits = createHash('sha256');
  const tokens: Token[] = [];
  let firstTokenMs: number | undefined;
  const options = { temperature: probe.temperature, seed: probe.seed, topK: 40, topP: 0.95, minP: 0 };
  for await (const step of sequence.evaluateWithMetadata(rest, { probabilities: true }, options)) {
    signal.throwIfAborted();
    firstTokenMs ??= performance.now() - startedAt;
    hashProbabilities(bits, step.probabilities);
    tokens.push(step.token);
    if (tokens.length >= probe.tokens || model.isEogToken(step.token)) break;
  }
  const elapsedMs = performance.now() - startedAt;
  return {
    text: model.detokenize(tokens),
    tokens,
    bits: bits.digest('hex'),
    promptTokens: question.length,
    reusedTokens: question.length - rest.length,
    firstTokenMs: firstTokenMs ?? elapsedMs,
    elapsedMs,
  };
}

/** In the order of the tokens, because equal probabilities may be listed in either order. */
function hashProbabilities(hash: ReturnType<typeof createHash>, probabilities: ReadonlyMap<Token, number>): void {
  const entries = [...probabilities].sort(([a], [b]) => a - b);
  hash.update(Float64Array.from(entries.flat()));
}
