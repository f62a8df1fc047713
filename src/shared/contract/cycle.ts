import { z } from 'zod';
import { FAMILIES } from '../strategy-families.ts';
import { chosenAgent } from './chosen-agent.ts';
import { call, event } from './define.ts';
import {
  decimalText,
  environmentText,
  hashText,
  intervalText,
  priceDecimals,
  purposeText,
  regimeText,
  shortText,
  sideText,
  symbolText,
  unixMsNumber,
} from './primitives.ts';
import { venueId } from './venues.ts';

/** Which market the cycle looks at. `generator` is the seeded simulated market; `file` a CSV or CSV.gz here; `venue` its live prices. */
export const marketChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('generator') }),
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1).max(4096) }),
  z.strictObject({ kind: z.literal('imported') }),
  z.strictObject({
    kind: z.literal('venue'),
    venue: venueId,
    /** `paper` trades its live prices with simulated fills; `shadow` compares them with its book as well. Neither sends an order. */
    mode: z.enum(['paper', 'shadow', 'live']),
    /** A stand-in on this machine. */
    url: z.string().max(200).optional(),
  }),
]);

/** How the model is asked. */
const askingFields = {
  /** So often, with a seed of its own each time; answers that differ shrink the size. Once when left out. */
  samples: z.int().min(1).max(5).optional(),
  /** Show it no numbers, only what code reads in them. */
  masked: z.boolean().optional(),
  /** The declared end of its training, as `2024-06-30`; `unknown` when left out. */
  cutoff: z
    .string()
    .regex(/^(?:unknown|\d{4}-\d{2}-\d{2})$/, 'is neither a day such as 2024-06-30 nor "unknown"')
    .optional(),
};

export const cycleRequest = z.strictObject({
  instrument: symbolText.default('BTC/USDT'),
  interval: intervalText.optional(),
  market: marketChoice.default({ kind: 'generator' }),
  /** Moment of the press in market time; default: the newest moment of the market. */
  at: unixMsNumber.optional(),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  /** Starting cash of a file run, or of a venue's paper account when it is opened; the simulated market uses the standing account. */
  cash: decimalText.optional(),
  feeBps: decimalText.optional(),
  /** Path of a GGUF file to use for this cycle. */
  model: z.string().min(1).max(4096).optional(),
  ...askingFields,
  /** The agent itself, in place of what the judgement would call for. */
  chosen: chosenAgent.optional(),
  trigger: z.enum(['button', 'tray', 'hotkey', 'terminal', 'schedule']).default('button'),
});
export type CycleRequest = z.infer<typeof cycleRequest>;

export const factView = z.strictObject({
  id: z.string().max(8),
  name: z.string().max(60),
  label: shortText,
  value: z.number(),
  unit: z.enum(['fraction', 'index', 'price', 'ratio', 'score', 'bars', 'count']),
});
export type FactView = z.infer<typeof factView>;

/** A chart or candle pattern that one of the newest candles completed; age 0 is the newest candle. */
export const patternView = z.strictObject({
  name: z.string().max(60),
  label: shortText,
  direction: z.enum(['bullish', 'bearish', 'neutral']),
  age: z.int().min(0),
});
export type PatternView = z.infer<typeof patternView>;

/** What a higher interval says, made of the same candles. */
export const timeframeView = z.strictObject({ interval: intervalText, reasons: z.array(shortText) });
export type TimeframeView = z.infer<typeof timeframeView>;

const judgement = z.strictObject({
  regime: regimeText,
  bias: z.enum(['long', 'short', 'none']),
  confidence: z.number().min(0).max(1),
  evidence: z.array(factView),
  reasons: z.array(shortText),
});

export const assessmentView = z.strictObject({
  ...judgement.shape,
  /** Whose answer stands. */
  source: z.enum(['rules', 'model']),
  rules: judgement,
  model: z.strictObject({
    outcome: z.enum(['used', 'absent', 'late', 'failed', 'invalid', 'ungrounded', 'outvoted']),
    why: shortText,
    name: z.string().max(200).optional(),
    /** Why its answer is worth less than it looks; absent where there is nothing to warn of. */
    stamp: shortText.optional(),
    /** Of several answers to the one question: how often each label, and what their entropy leaves of the size. */
    disagreement: z
      .strictObject({
        samples: z.int(),
        labels: z.record(z.string(), z.int()),
        entropy: z.number().min(0).max(1),
        sizeFactor: decimalText,
      })
      .optional(),
  }),
});
export type AssessmentView = z.infer<typeof assessmentView>;

export const lessonUseView = z.strictObject({
  id: z.string(),
  /** Where it was learned; null when the record of the decision does not say. */
  environment: environmentText.nullable(),
  outcomeR: decimalText,
  similarity: z.number(),
  effect: shortText,
});

export const agentSpecView = z.strictObject({
  hash: hashText,
  family: z.enum(FAMILIES),
  parameters: z.record(z.string(), z.number()),
  envelope: z.strictObject({
    riskPerTrade: decimalText,
    maxNotionalFraction: decimalText,
    stopAtr: decimalText,
    targetAtr: decimalText,
    maxPositions: z.int(),
    dayLoss: decimalText,
    allowShort: z.boolean(),
  }),
  lifespan: z.strictObject({ expiresAt: unixMsNumber, maxBars: z.int() }),
  instructions: z.string().max(20_000),
  promptParts: z.array(z.strictObject({ id: z.string(), version: z.int(), hash: hashText })),
  lessons: z.array(lessonUseView),
  regime: regimeText,
  confidence: z.number(),
  why: shortText,
});
export type AgentSpecView = z.infer<typeof agentSpecView>;

export const orderView = z.strictObject({
  clientOrderId: z.string(),
  agentId: z.string(),
  instrument: symbolText,
  side: sideText,
  type: z.enum(['market', 'limit', 'stop', 'stop_limit', 'take_profit', 'trailing_stop']),
  purpose: purposeText,
  quantity: decimalText,
  price: decimalText.optional(),
  priceDecimals,
  status: z.enum([
    'initialized',
    'denied',
    'submitted',
    'accepted',
    'partially_filled',
    'filled',
    'pending_cancel',
    'canceled',
    'rejected',
    'expired',
    'unresolved',
  ]),
  filledQuantity: decimalText,
  createdAt: unixMsNumber,
  reason: shortText.optional(),
});
export type OrderView = z.infer<typeof orderView>;

export const fillView = z.strictObject({
  tradeId: z.string(),
  clientOrderId: z.string(),
  agentId: z.string(),
  instrument: symbolText,
  side: sideText,
  purpose: purposeText,
  price: decimalText,
  priceDecimals,
  quantity: decimalText,
  fee: decimalText,
  feeAsset: z.string(),
  ts: unixMsNumber,
});
export type FillView = z.infer<typeof fillView>;

/** Money of one cycle, exact. `difference` is what the double entry leaves unexplained and is always "0". */
export const reconciliationView = z.strictObject({
  startingEquity: decimalText,
  cash: decimalText,
  positionValue: decimalText,
  equity: decimalText,
  grossPnl: decimalText,
  fees: decimalText,
  difference: decimalText,
});

export const resultView = z.strictObject({
  outcome: z.enum(['traded', 'no_trade', 'interrupted']),
  reason: shortText,
  netPnl: decimalText,
  /** Net result in multiples of the planned risk; "0" when nothing was traded. */
  r: decimalText,
  quoteAsset: z.string(),
  barsLived: z.int(),
  reconciliation: reconciliationView,
});

export const lessonView = z.strictObject({
  id: z.string(),
  environment: environmentText,
  regime: regimeText,
  family: z.string().nullable(),
  decidedAt: unixMsNumber,
  resolvedAt: unixMsNumber,
  outcomeR: decimalText,
  outcomeMoney: decimalText,
  traded: z.boolean(),
  text: shortText,
});

export const STAGE_NAMES = [
  'preflight',
  'market',
  'context',
  'analyst',
  'memory',
  'spawner',
  'agent',
  'debrief',
] as const;
/** Between spawner and agent, only where the master is asked. */
export const BRIEF_STAGE = 'brief';
export const stageView = z.strictObject({
  name: z.enum([...STAGE_NAMES, BRIEF_STAGE]),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  detail: shortText,
  /** Wall time; of a running stage as long as it has run when this was said. Absent of one that waits, and of runs that are read back. */
  elapsedMs: z.number().optional(),
});
export type StageView = z.infer<typeof stageView>;

/** Milliseconds of wall time; never hashed. */
export const timingsView = z.strictObject({
  totalMs: z.number(),
  pressToFirstOrderMs: z.number().nullable(),
  stages: z.record(z.string(), z.number()),
});

export const decisionView = z.strictObject({
  agentId: z.string(),
  ts: unixMsNumber,
  kind: z.enum(['enter', 'exit', 'hold']),
  reason: shortText,
  /** The gate's answer when the decision asked for an order. */
  verdict: z.enum(['approved', 'denied']).optional(),
  verdictReason: shortText.optional(),
});
export type DecisionView = z.infer<typeof decisionView>;

/** Orders of a shadow cycle beside what the venue's book would have given for them. */
export const shadowView = z.strictObject({
  orders: z.array(
    z.strictObject({
      clientOrderId: z.string(),
      side: sideText,
      purpose: purposeText,
      quantity: decimalText,
      bid: decimalText.nullable(),
      ask: decimalText.nullable(),
      /** Average over the levels of the book; null with the reason in `why`. */
      bookPrice: decimalText.nullable(),
      why: shortText.nullable(),
      simulatedPrice: decimalText.nullable(),
      /** Above zero: the book was worse than the simulation. */
      slippageBps: decimalText.nullable(),
    }),
  ),
  /** Orders for which both prices are known, and the mean of their differences. */
  compared: z.int(),
  averageSlippageBps: decimalText.nullable(),
});
export type ShadowView = z.infer<typeof shadowView>;

/** One press, as far as it has come. The terminal's `mt spawn --json` prints the completed form. */
export const cycleView = z.strictObject({
  cycle: z.int(),
  runId: z.string(),
  state: z.enum(['running', 'completed', 'failed', 'interrupted']),
  environment: environmentText,
  marketSource: shortText,
  instrument: symbolText,
  interval: intervalText,
  priceDecimals,
  trigger: z.string(),
  /** Who chose the agent instead of the judgement, and after which one; absent where the judgement decided. */
  chosen: z.strictObject({ by: z.enum(['master', 'program']), parent: z.string().nullable() }).optional(),
  seed: z.int(),
  startedAt: unixMsNumber,
  at: unixMsNumber.nullable(),
  /** What the account was worth at the press: the shares of the brief are shares of this. */
  startedWith: z.strictObject({ equity: decimalText, asset: z.string() }),
  stages: z.array(stageView),
  assessment: assessmentView.nullable(),
  agentId: z.string().nullable(),
  agentSpec: agentSpecView.nullable(),
  orders: z.array(orderView),
  fills: z.array(fillView),
  decisions: z.array(decisionView),
  result: resultView.nullable(),
  fees: decimalText,
  /** Candles that closed while the program was off and were played afterwards. */
  offline: z
    .strictObject({ from: unixMsNumber, to: unixMsNumber, candles: z.int(), minutesWithout: z.int() })
    .nullable(),
  shadow: shadowView.nullable(),
  lesson: lessonView.nullable(),
  journalHead: hashText.nullable(),
  error: shortText.nullable(),
  timings: timingsView.nullable(),
});
export type CycleView = z.infer<typeof cycleView>;

export const cycleSummary = z.strictObject({
  cycle: z.int(),
  runId: z.string(),
  state: z.enum(['running', 'completed', 'failed', 'interrupted']),
  instrument: symbolText,
  interval: intervalText,
  startedAt: unixMsNumber,
  outcome: shortText,
});

/** What a press needs: `note` lets it through and says what will be different, `blocked` does not. */
export const preflightRow = z.strictObject({
  name: z.enum(['reconciled', 'journal', 'data', 'instrument', 'account', 'limits', 'mode', 'gate', 'analyst']),
  state: z.enum(['ready', 'note', 'blocked']),
  detail: shortText,
  remedy: shortText.nullable(),
});
export type PreflightRow = z.infer<typeof preflightRow>;
export const preflightAnswer = z.strictObject({ ready: z.boolean(), rows: z.array(preflightRow) });
export type PreflightAnswer = z.infer<typeof preflightAnswer>;

/** An agent on live prices lives for days; a timer holds at most 24. */
const CYCLE_TIMEOUT_MS = 20 * 86_400_000;
/** What a cut-off cycle left at a venue is closed before the next one begins, within two minutes of candles. */
const START_TIMEOUT_MS = 300_000;

export const cycleContract = {
  /** Starts a cycle, or answers with the one that the same press in the same candle has started. Resolves once it has started. */
  'cycle.start': call(
    'trade',
    cycleRequest,
    z.strictObject({ cycle: z.int(), runId: z.string(), alreadyRunning: z.boolean() }),
    START_TIMEOUT_MS,
  ),
  /** Resolves when the cycle has ended. */
  'cycle.wait': call('view', z.strictObject({ cycle: z.int() }), cycleView, CYCLE_TIMEOUT_MS),
  /** The given cycle, or the newest one. */
  'cycle.get': call('view', z.strictObject({ cycle: z.int().optional() }), cycleView.nullable()),
  'cycle.list': call('view', z.strictObject({ limit: z.int().min(1).max(200).default(50) }), z.array(cycleSummary)),
  /** Stops a cycle in flight, the newest when none is named: before the first order nothing is risked; after it the position is closed. */
  'cycle.cancel': call(
    'trade',
    z.strictObject({ reason: z.string().min(1).max(200), cycle: z.int().optional() }),
    z.strictObject({ canceled: z.boolean() }),
  ),
  /** Everything that a press on the standing account needs, each with its state; nothing is recorded. */
  'cycle.preflight': call('view', z.strictObject({ instrument: symbolText.default('BTC/USDT') }), preflightAnswer),
  /** Regime, evidence and facts without spawning anything; nothing is journalled. */
  'cycle.analyse': call(
    'view',
    cycleRequest,
    z.strictObject({
      assessment: assessmentView,
      facts: z.array(factView),
      patterns: z.array(patternView),
      higherTimeframes: z.array(timeframeView),
      asOf: unixMsNumber,
      dataAgeMs: z.int(),
      marketSource: shortText,
    }),
    120_000,
  ),
  'cycle.changed': event('view', cycleView),
} as const;
