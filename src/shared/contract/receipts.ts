import { z } from 'zod';
import { factView, patternView } from './cycle.ts';
import { call } from './define.ts';
import {
  decimalText,
  environmentText,
  hashText,
  intervalText,
  regimeText,
  shortText,
  symbolText,
  unixMsNumber,
} from './primitives.ts';

/** The id of a run or the beginning of it, or the number of a cycle. */
export const runText = z.string().regex(/^[\w-]{1,40}$/, 'is neither the id of a run nor the number of a cycle');

const modelText = z.strictObject({
  name: z.string().max(200),
  hash: hashText,
  build: z.string().max(200),
  threads: z.int().nullable(),
  contextSize: z.int().nullable(),
  batchSize: z.int().nullable(),
  chatFormat: z.string().max(60).nullable(),
  /** Grade of the determinism canary, where one was run. */
  canary: z.string().max(200).nullable(),
});

/** All that is needed to put the same question again, and what was answered. */
export const receiptView = z.strictObject({
  cycle: z.int(),
  runId: z.string(),
  snapshotHash: hashText,
  contextHash: hashText,
  promptVersion: z.string().max(100),
  question: z.strictObject({
    system: z.string().max(64_000),
    user: z.string().max(64_000),
    /** The grammar as JSON text; its order is part of the question. */
    schema: z.string().max(64_000),
    maxTokens: z.int(),
  }),
  model: modelText.nullable(),
  cutoff: z.string().max(40),
  masked: z.boolean(),
  samples: z.array(
    z.strictObject({
      seed: z.int(),
      temperature: z.number(),
      outcome: z.enum(['answer', 'late', 'failed']),
      /** The answer, or why there is none. */
      text: z.string().max(64_000),
      tokenIds: z.array(z.int()).nullable(),
    }),
  ),
});
export type ReceiptView = z.infer<typeof receiptView>;

const cause = z.enum(['weights', 'build', 'backend', 'evaluation', 'sampler', 'prompt', 'unexplained']);
const unit = z.enum(['token', 'character']);
const verdict = z.enum(['identical', 'differs', 'no_record', 'no_answer']);
const changed = z.array(z.strictObject({ cause, what: z.string().max(400) }));

export const replayView = z.strictObject({
  cycle: z.int(),
  runId: z.string(),
  verdict,
  /** Why the answers differ; null when they do not. */
  cause: cause.nullable(),
  recordedModel: modelText.nullable(),
  model: modelText.nullable(),
  samples: z.array(
    z.strictObject({
      seed: z.int(),
      temperature: z.number(),
      verdict,
      unit,
      length: z.int(),
      recorded: z.string().max(64_000),
      again: z.string().max(64_000),
      difference: z
        .strictObject({ unit, at: z.int(), recorded: z.int().nullable(), again: z.int().nullable() })
        .nullable(),
      cause: cause.nullable(),
      /** Conditions that are not as they were, whether they changed the answer or not. */
      changed,
    }),
  ),
  /** In what this version would ask another question about the same facts; empty when it would ask the same. */
  today: changed,
});
export type ReplayView = z.infer<typeof replayView>;

const label = z.strictObject({
  /** Null when the answer was no label; then `why` says what it was. */
  regime: regimeText.nullable(),
  bias: z.enum(['long', 'short', 'none']).nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  why: shortText.nullable(),
});
const block = z.enum(['trend', 'momentum', 'volatility', 'volume', 'higher timeframe', 'patterns', 'news']);

/** What a judge says with one block of evidence removed at a time. */
const ablationView = z.strictObject({
  original: label,
  /** Asking again with nothing removed gave the same; when not, the blocks explain nothing. */
  reproduces: z.boolean(),
  blocks: z.array(z.strictObject({ block, facts: z.int(), label: label.nullable(), flips: z.boolean() })),
  /** Blocks without which the label is another one, most decisive first. */
  decisive: z.array(block),
});
export type AblationView = z.infer<typeof ablationView>;

export const whyView = z.strictObject({
  cycle: z.int(),
  runId: z.string(),
  rules: ablationView,
  /** Null with the reason in `modelWhy` where no model was asked now. */
  model: ablationView.nullable(),
  modelWhy: shortText.nullable(),
  /** What memory made of the decision: the share of the risk that it left, and whether it alone kept the run from trading. */
  memory: z.strictObject({ recalled: z.int(), factor: decimalText.nullable(), flips: z.boolean() }),
});
export type WhyView = z.infer<typeof whyView>;

/** Everything that a run knew when it judged: each fact with its value, and the candles that all of them were computed from. */
export const factsView = z.strictObject({
  cycle: z.int(),
  runId: z.string(),
  environment: environmentText,
  instrument: symbolText,
  interval: intervalText,
  marketSource: shortText,
  /** Moment of the judgement, in market time; no fact knows anything later. */
  asOf: unixMsNumber,
  candles: z.int(),
  firstOpen: unixMsNumber,
  lastClose: unixMsNumber,
  gaps: z.int(),
  /** How old the newest closed candle was at that moment. */
  dataAgeMs: z.int(),
  snapshotHash: hashText,
  contextHash: hashText,
  /** The record of the journal that holds the facts, and its hash. */
  recordSeq: z.int(),
  recordHash: hashText,
  /** `cited`: the judgement that stands names it. */
  facts: z.array(factView.extend({ cited: z.boolean() })),
  patterns: z.array(patternView),
  /** A model was asked about these facts, so there is a receipt. */
  asked: z.boolean(),
});
export type FactsView = z.infer<typeof factsView>;

/** Up to five samples of two minutes each, and the loading. */
const REPLAY_TIMEOUT_MS = 700_000;

export const receiptsContract = {
  /** What a run knew. Refuses with `not_found` for a run that is not known or ended before it had facts. */
  'receipts.facts': call('view', z.strictObject({ run: runText }), factsView),
  /** What a run asked a model. Refuses with `not_found` for a run that is not known or asked none. */
  'receipts.get': call('view', z.strictObject({ run: runText }), receiptView),
  /** Asks the recorded question again and compares the answers to the token. */
  'receipts.replay': call(
    'view',
    z.strictObject({
      run: runText,
      /** Path of a GGUF file; the engine's model when left out. */
      model: z.string().min(1).max(4096).optional(),
      /** Another seed than the recorded one, to see what it changes. */
      seed: z
        .int()
        .min(0)
        .max(2 ** 32 - 1)
        .optional(),
      /** Ask about the recorded facts as this version would. */
      asToday: z.boolean().default(false),
    }),
    replayView,
    REPLAY_TIMEOUT_MS,
  ),
  /** Judges the recorded facts again with one block of evidence removed at a time. */
  'receipts.why': call(
    'view',
    z.strictObject({ run: runText, model: z.string().min(1).max(4096).optional() }),
    whyView,
    REPLAY_TIMEOUT_MS,
  ),
} as const;
