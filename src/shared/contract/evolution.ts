import { z } from 'zod';
import { call } from './define.ts';
import { genomeView, promotionView } from './evolution-views.ts';
import { evolveRequest, LOAD_MS, labId, labMarket, studyStarted } from './lab.ts';
import { hashText } from './primitives.ts';

export const genomeId = z.string().regex(/^G-[0-9a-f]{12}$/, 'a genome looks like G-1a2b3c4d5e6f; see mt lab lineage');

export const lineageView = z.strictObject({
  id: z.string().max(20),
  study: z.string().max(20),
  /** Ancestors before their children; the asked one with its ancestors and children, or all of a study. */
  genomes: z.array(genomeView),
  /** Of these genomes, oldest first. */
  decisions: z.array(promotionView),
  /** Of the agent that the asked genome stands for at the end of its study; null for a study, or while it has not ended. */
  agentHash: hashText.nullable(),
});
export type LineageView = z.infer<typeof lineageView>;

export const reviewView = z.strictObject({
  genome: z.string().max(20),
  decision: z.enum(['demote', 'keep', 'too early']),
  reasons: z.array(z.string().max(1000)),
  days: z.int(),
  /** True when it was a candidate for paper until now, and is none from now on. */
  demoted: z.boolean(),
});
export type ReviewView = z.infer<typeof reviewView>;

export const evolutionContract = {
  /** Starts an evolution, or goes on with the same one where an earlier attempt stopped. */
  'lab.evolve': call('trade', evolveRequest, studyStarted, LOAD_MS),
  'lab.lineage': call('view', z.strictObject({ id: z.union([genomeId, labId]) }), lineageView),
  /** Judges a promoted genome on candles after those of its study, and takes its place away when its results decay. */
  'lab.review': call('trade', z.strictObject({ id: genomeId, market: labMarket }), reviewView, LOAD_MS),
} as const;
