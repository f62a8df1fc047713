import type { PatternView, Swing } from '../types.ts';

/** The last two highs and the last two lows, however they follow one another. */
export type Corners = { readonly highs: readonly [Swing, Swing]; readonly lows: readonly [Swing, Swing] };

/** Two lines through four turning points need at least a dozen candles, and are old after thirty without a new one. */
export function corners(view: PatternView): Corners | undefined {
  const [a, b, c, d] = view.swings().slice(-4);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  if (d.index - a.index < 12 || view.at - d.index > 30) return undefined;
  return a.kind === 'high' ? { highs: [a, c], lows: [b, d] } : { highs: [b, d], lows: [a, c] };
}
