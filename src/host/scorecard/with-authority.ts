import type { AnalystModel } from '#core/analyst/assess.ts';
import type { ScoreBook } from './score-book.ts';

/** The model with the say that its scores have earned it; on trial while it is not loaded. */
export function withAuthority(model: AnalystModel | undefined, scores: ScoreBook): AnalystModel | undefined {
  if (model === undefined) return undefined;
  const status = model.inference.status();
  return { ...model, authority: status.kind === 'ready' ? scores.authority(status.hash).level : 'trial' };
}
