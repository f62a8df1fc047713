import type { Hash } from '#core/domain/ids.ts';
import type { Inference, InferenceReply, InferenceRequest, ModelStatus } from '#core/ports/inference.ts';

/** One line of the script: the text of an answer, a whole reply, or a function of the question. */
export type ScriptLine = string | InferenceReply | ((request: InferenceRequest) => string | InferenceReply);

export type ScriptedInference = Inference & {
  /** Every question asked so far, oldest first. */
  readonly asked: readonly { readonly request: InferenceRequest; readonly deadlineMs: number }[];
};

export const SCRIPTED_MODEL: Extract<ModelStatus, { kind: 'ready' }> = {
  kind: 'ready',
  name: 'scripted',
  hash: '5'.repeat(64) as Hash,
  build: 'script',
};

/**
 * A model that says what it is told to, for tests of everything around a model. Each question takes the next line; the last line is
 * repeated. With another status it can also play a model that is absent or has failed.
 */
export function scriptedInference(
  lines: readonly ScriptLine[],
  status: ModelStatus = SCRIPTED_MODEL,
): ScriptedInference {
  const asked: { readonly request: InferenceRequest; readonly deadlineMs: number }[] = [];
  let disposed = false;
  return {
    asked,
    status: () => status,
    async ask(request, deadlineMs) {
      if (disposed) return { kind: 'failed', why: 'the model was shut down' };
      const line = lines[Math.min(asked.length, lines.length - 1)];
      asked.push({ request, deadlineMs });
      if (line === undefined) return { kind: 'failed', why: 'the script is empty' };
      const said = typeof line === 'function' ? line(request) : line;
      return typeof said === 'string' ? { kind: 'answer', text: said, tokens: 1, elapsedMs: 0 } : said;
    },
    async dispose() {
      disposed = true;
    },
  };
}
