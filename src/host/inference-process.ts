import type { Inference, ModelStatus } from '#core/ports/inference.ts';
import { createModelProcess, type ModelProcessOptions } from './models/model-process.ts';

export type LlamaInferenceOptions = ModelProcessOptions;

export type LlamaInference = Inference & {
  /** Starts the model now and waits until it is ready or has failed; without it the first question pays for the loading. */
  ready(): Promise<ModelStatus>;
};

/** A local language model behind the port, in a process of its own. */
export function createLlamaInference(options: LlamaInferenceOptions): LlamaInference {
  const process = createModelProcess(options, 'generate');
  return {
    status: () => process.status(),
    ready: () => process.ready(),
    dispose: () => process.dispose(),
    async ask(request, deadlineMs) {
      const reply = await process.run((session) => session.ask(request), deadlineMs);
      if (reply.kind !== 'answer') return reply;
      const { text, tokens, tokenIds, elapsedMs } = reply;
      return { kind: 'answer', text, tokens, elapsedMs, ...(tokenIds === undefined ? {} : { tokenIds }) };
    },
  };
}
