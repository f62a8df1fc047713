import { z } from 'zod';
import { call } from './define.ts';
import {
  decimalText,
  environmentText,
  intervalText,
  nothing,
  regimeText,
  shortText,
  symbolText,
  unixMsNumber,
} from './primitives.ts';

export const lessonId = z.string().regex(/^L-[\w-]{1,40}$/, 'is not the id of a lesson');
const number = z.number();

/** A number where there is enough data, else nulls and how much is needed. R of the policy's risk, by decision. */
export const upliftView = z.strictObject({
  used: z.int(),
  withheld: z.int(),
  mean: number.nullable(),
  low: number.nullable(),
  high: number.nullable(),
});
export const posteriorView = z.strictObject({
  n: z.int(),
  /** Sum of the lessons' weights. */
  effectiveN: number,
  /** Below this nothing is said. */
  needed: number,
  mean: number.nullable(),
  low: number.nullable(),
  high: number.nullable(),
  /** How probable an average above zero is. */
  above: number.nullable(),
});
export type PosteriorView = z.infer<typeof posteriorView>;

export const memoryLesson = z.strictObject({
  id: lessonId,
  runId: z.string(),
  instrument: symbolText,
  interval: intervalText,
  /** Where it was learned; null when neither the lesson nor its run says so. */
  environment: environmentText.nullable(),
  regime: regimeText,
  family: z.string().nullable(),
  resolvedAt: unixMsNumber,
  outcomeR: decimalText,
  outcomeMoney: decimalText,
  fees: decimalText,
  traded: z.boolean(),
  text: shortText,
  status: z.enum(['active', 'decayed', 'revoked']),
  why: shortText,
  uplift: upliftView,
});
export type MemoryLesson = z.infer<typeof memoryLesson>;

/** A decision that recalled a lesson. */
export const lessonDecision = z.strictObject({
  seq: z.int(),
  cycle: z.int(),
  runId: z.string(),
  at: unixMsNumber,
  decided: z.enum(['spawn', 'no_trade']),
  /** Withheld: the decision did not know it. */
  evidence: z.enum(['used', 'withheld']),
});
export type LessonDecision = z.infer<typeof lessonDecision>;

export const lessonDetail = z.strictObject({
  lesson: memoryLesson,
  decidedAt: unixMsNumber,
  /** The agent that it comes from; null when none was spawned. */
  specHash: z.string().nullable(),
  parameters: z.record(z.string(), number),
  features: z.record(z.string(), number),
  /** Record and cycle that brought it first, whose hashes vouch for it. */
  recordedSeq: z.int(),
  cycle: z.int(),
  recordHash: z.string(),
  decisions: z.array(lessonDecision),
});

export const memoryCell = z.strictObject({
  regime: regimeText,
  family: z.string(),
  lessons: z.int(),
  /** Where they were learned, each once; null for those of which nobody knows. */
  environments: z.array(environmentText.nullable()),
  active: z.int(),
  decayed: z.int(),
  revoked: z.int(),
  posterior: posteriorView,
  measured: z.int(),
  raising: z.int(),
});

export const memorySummary = z.strictObject({
  lessons: z.int(),
  active: z.int(),
  decayed: z.int(),
  revoked: z.int(),
  /** Each lesson is left out of this share of the decisions. */
  withheldShare: number,
  /** Lessons of which there are enough decisions to give an uplift, and those whose interval lies above zero. */
  measured: z.int(),
  proven: z.int(),
  cells: z.array(memoryCell),
});
export const revokeAnswer = z.strictObject({ id: lessonId, reason: z.string(), decisions: z.array(lessonDecision) });

const id = z.strictObject({ id: lessonId });
export const memoryContract = {
  'memory.list': call('view', z.strictObject({ limit: z.int().min(1).max(1000).default(100) }), z.array(memoryLesson)),
  'memory.show': call('view', id, lessonDetail),
  'memory.posteriors': call('view', nothing, z.array(memoryCell)),
  'memory.summary': call('view', nothing, memorySummary),
  /** Answers the decisions that knew it. Refuses what is revoked already. */
  'memory.revoke': call('trade', id.extend({ reason: z.string().trim().min(1).max(200) }), revokeAnswer),
} as const;
