import type { Inference } from '#core/ports/inference.ts';

/** A model that cannot be asked, with the reason as the answer to everything: the rules stand, and whoever asks why is told. */
export const unavailableInference = (name: string, why: string): Inference => ({
  status: () => ({ kind: 'failed', name, why }),
  ask: () => Promise.resolve({ kind: 'failed', why }),
  dispose: () => Promise.resolve(),
});
