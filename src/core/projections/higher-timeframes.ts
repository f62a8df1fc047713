import type { TimeframeView } from '#shared/contract/cycle.ts';
import { sentenceOf } from '../analyst/fact-sentences.ts';
import type { MarketContext } from '../context/types.ts';

/** The facts that are about another interval than the context's own, as sentences by interval, in the catalogue's order. */
export function higherTimeframes({ facts, interval }: MarketContext): TimeframeView[] {
  const higher = facts.filter((fact) => fact.interval !== interval);
  return [...new Set(higher.map((fact) => fact.interval))].map((one) => ({
    interval: one,
    reasons: higher.filter((fact) => fact.interval === one).map(sentenceOf),
  }));
}
