import type { ProbeMessage } from '#adapters/inference-llama/protocol.ts';
import type { AskOptions, Inference, ModelStatus } from '#core/ports/inference.ts';
import { createModelProcess, type ModelProcessOptions, type NoAnswer } from './models/model-process.ts';
import type { NoResult, ProbeResult } from './worker-session.ts';

export type LlamaInferenceOptions = ModelProcessOptions;

export type LlamaInference = Inference & {
  /** Starts the model now and waits until it is ready or has failed; without it the first question pays for the loading. */
  ready(): Promise<ModelStatus>;
  /** A fixed question whose probabilities are hashed, by which the model is held against itself. */
  probe(probe: ProbeMessage, deadlineMs: number): Promise<Exclude<ProbeResult, NoResult> | NoAnswer>;
};

/** A local language model behind the port, in a process of its own. */
export function createLlamaInference(options: LlamaInferenceOptions): LlamaInference {
  const process = createModelProcess(options, 'generate');
  return {
    status: () => process.status(),
    ready: () => process.ready(),
    dispose: () => process.dispose(),
    probe: (probe, deadlineMs) => process.run((session) => session.probe(probe), deadlineMs),
    async ask(request, deadlineMs, { onText, cancel }: AskOptions = {}) {
      const heard = onText === undefined ? undefined : untilOver(onText);
      const reply = await process.run((session) => session.ask(request, heard?.hear), deadlineMs, cancel);
      heard?.end();
      if (reply.kind !== 'answer') return reply;
      const { text, tokens, tokenIds, elapsedMs, promptTokens, firstTokenMs } = reply;
      return {
        kind: 'answer',
        text,
        tokens,
        elapsedMs,
        ...(tokenIds === undefined ? {} : { tokenIds }),
        ...(promptTokens === undefined ? {} : { promptTokens }),
        ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
      };
    },
  };
}

/** Passes text on until the reply is there: a late model goes on writing for a moment, and nobody asked for that. */
function untilOver(onText: (text: string) => void): {
  readonly hear: (text: string) => void;
  readonly end: () => void;
} {
  let over = false;
  return {
    hear(text) {
      if (over) return;
      try {
        onText(text);
      } catch {
        // Whoever shows the text may fail; the answer does not depend on it.
        over = true;
      }
    },
    end() {
      over = true;
    },
  };
}
