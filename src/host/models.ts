import { checkModelFile } from '#adapters/inference-llama/check-model-file.ts';
import type { AnalystModel } from '#core/analyst/assess.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Inference } from '#core/ports/inference.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { PromptParts } from '#core/ports/prompt-parts.ts';
import { createLlamaInference, type LlamaInference } from './inference-process.ts';
import { withThinkingBudget } from './models/thinking-budget.ts';
import type { WorkerLike } from './worker-like.ts';

/** Longest that the model may think about one assessment; then the rules stand. The measured speed makes it shorter (see thinking-budget). */
const DEADLINE_MS = 20_000;
const ANALYST_PART = 'analyst-system';

/** The local models of this engine, one process for each file that was asked for. */
export type Models = {
  /** The model of this path, else the engine's default; undefined when none is chosen. Throws Fault('bad_model') for a file that is no model. */
  choose(path: string | undefined): Promise<AnalystModel | undefined>;
  /** What the screens say about the default. */
  describe(): { readonly kind: 'rules' | 'model'; readonly label: string };
  dispose(): Promise<void>;
};

export type ModelsOptions = {
  readonly defaultPath: string | undefined;
  readonly forkWorker: () => WorkerLike;
  readonly promptParts: PromptParts;
  readonly logger: Logger;
};

export function createModels({ defaultPath, forkWorker, promptParts, logger }: ModelsOptions): Models {
  const running = new Map<string, { readonly process: LlamaInference; readonly inference: Inference }>();
  const prompt = promptParts.get(ANALYST_PART);
  if (prompt === undefined)
    throw new Fault('storage', `the prompt part ${ANALYST_PART} is missing`, 'restore resources/prompts');

  return {
    async choose(path) {
      const chosen = path ?? defaultPath;
      if (chosen === undefined) return undefined;
      const file = await checkModelFile(chosen);
      let kept = running.get(file.path);
      if (kept === undefined) {
        const process = createLlamaInference({ modelPath: file.path, spawnWorker: forkWorker, logger });
        kept = { process, inference: withThinkingBudget(process) };
        running.set(file.path, kept);
      }
      // Loading is not thinking: it must not eat the deadline of the first question.
      await kept.process.ready();
      return { inference: kept.inference, prompt, deadlineMs: DEADLINE_MS };
    },
    describe() {
      if (defaultPath === undefined) return { kind: 'rules', label: 'Rules (no model)' };
      const status = running.get(defaultPath)?.process.status();
      if (status === undefined) return { kind: 'model', label: 'Model, not loaded yet' };
      if (status.kind === 'ready') return { kind: 'model', label: status.name };
      return { kind: 'rules', label: status.kind === 'loading' ? `Loading ${status.name}` : `Rules (${status.why})` };
    },
    async dispose() {
      await Promise.all([...running.values()].map(({ process }) => process.dispose()));
      running.clear();
    },
  };
}
