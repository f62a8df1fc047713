import type { Disagreement, Regime } from './types.ts';

/** What one sample of the question came to: the label of a valid and grounded answer, or none. */
export type SampleLabel = Regime | 'abstained';

/** From this share of the largest possible entropy on, the model has no opinion but many, and nothing is risked on it. */
const BLOCKED_FROM = 0.8;

/** Most samples of one question; each costs a whole answer's time under the one deadline. */
export const MOST_SAMPLES = 5;

/**
 * How far the answers to the same question, drawn with different seeds, disagree (X18). An answer that is late, cut off or ungrounded is
 * a label of its own: a model that falls silent half of the time is not sure either.
 *
 * `entropy` is a share of the largest possible: 0 when all agree, 1 when no two do. The size shrinks with it in a line and is nothing from
 * 0.8 on. Undefined for a single sample, which can disagree with nobody.
 */
export function disagreementOf(labels: readonly SampleLabel[]): Disagreement | undefined {
  if (labels.length < 2) return undefined;
  const counts = new Map<SampleLabel, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, count) => {
    const share = count / labels.length;
    return sum - share * Math.log2(share);
  }, 0);
  // Four decimals: far more than five samples mean, few enough that no machine's last bits reach a hash.
  const entropy = Math.min(1, Math.round((bits / Math.log2(labels.length)) * 10_000) / 10_000) + 0;
  return {
    samples: labels.length,
    labels: Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    entropy,
    sizeFactor: sizeFactorOf(entropy),
  };
}

/** Share of the size that an entropy leaves, as decimal text: never more for a larger entropy. */
export function sizeFactorOf(entropy: number): string {
  // Anything that is no share of one (NaN above all) must not open the size.
  if (!(entropy >= 0 && entropy < BLOCKED_FROM)) return '0';
  return String(Math.floor((1 - entropy) * 10_000 + 1e-6) / 10_000);
}
