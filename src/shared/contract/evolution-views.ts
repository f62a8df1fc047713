import { z } from 'zod';
import { figureView } from './figure-view.ts';
import { hashText, shortText, unixMsNumber } from './primitives.ts';

const name = z.string().max(60);
const span = z.strictObject({ from: unixMsNumber, to: unixMsNumber });

/** A template of agents. Its id is the beginning of its hash, which covers family, parameters, envelope and parents. */
export const genomeView = z.strictObject({
  id: z.string().max(20),
  hash: hashText,
  family: name,
  params: z.record(name, z.number()),
  /** Quarters of the policy's limits. */
  envelope: z.strictObject({ risk: z.int(), stop: z.int(), target: z.int() }),
  /** Ids of those it came from; none for a genome that was drawn. */
  parents: z.array(z.string().max(20)),
  generation: z.int(),
  origin: z.enum(['usual', 'drawn', 'mutated', 'crossed']),
  fitness: z.number().nullable(),
  trades: z.int(),
});
export type GenomeView = z.infer<typeof genomeView>;

export const verdictView = z.strictObject({
  /** There is no further place: nothing that was bred trades money by itself. */
  standing: z.enum(['candidate for paper', 'not promoted']),
  reasons: z.array(z.string().max(1000)),
  /** Genomes that were ever judged on the proof of these candles. */
  looks: z.int(),
  /** The deflated Sharpe ratio against the spread of all that was tried, which is stricter than the gate's where there is an edge. */
  deflatedBySpread: figureView,
});

/** What an evolution answers beside what every study does. */
export const evolutionFields = {
  families: z.array(name),
  population: z.int(),
  generations: z.array(
    z.strictObject({
      generation: z.int(),
      tried: z.int(),
      /** Of this generation; null when none had a fitness. */
      best: z.number().nullable(),
      median: z.number().nullable(),
      /** Of all generations so far. */
      bestSoFar: z.number().nullable(),
    }),
  ),
  /** Where candidates are compared: apart from each other's and from all later candles. */
  windows: z.array(span),
  best: genomeView.nullable(),
  /** As many configurations drawn evenly: what the same budget finds without breeding. */
  control: z.strictObject({ tried: z.int(), best: z.number().nullable(), median: z.number().nullable() }).nullable(),
  /** Candles after all windows, on which the best was judged and nothing was chosen. */
  proof: span.extend({ metrics: z.record(name, figureView), trades: z.int() }).nullable(),
  verdict: verdictView.nullable(),
  /** The newest candles, which no part of an evolution plays. */
  holdout: span.extend({ state: z.literal('locked') }).nullable(),
};

/** What was decided about a genome, and why. */
export const promotionView = z.strictObject({
  genome: z.string().max(20),
  study: z.string().max(20),
  market: shortText,
  at: unixMsNumber,
  decision: z.enum(['promoted', 'replaced', 'refused', 'kept', 'demoted']),
  reasons: z.array(z.string().max(1000)),
});
export type PromotionView = z.infer<typeof promotionView>;
