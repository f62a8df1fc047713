import { z } from 'zod';
import { evolutionFields } from './evolution-views.ts';
import { type FigureView, figureView } from './figure-view.ts';
import { decimalText, hashText, intervalText, symbolText, unixMsNumber } from './primitives.ts';

export { type FigureView, figureView };

const id = z.string().max(20);
const name = z.string().max(60);
const cause = z.strictObject({ code: z.string().max(40), message: z.string().max(2000), remedy: z.string().max(1000) });

export const parameters = z.record(name, z.number());

export const profilesView = z.strictObject({
  limits: z.enum(['none', 'default']),
  costs: z.enum(['fee-only', 'default']),
});

/** Exact amounts in quote. */
export const costsView = z.strictObject({ fees: decimalText, spread: decimalText, impact: decimalText });

/** Floats for tables and charts; the exact amounts are in the file of fills. */
export const labTrade = z.strictObject({
  entryTime: unixMsNumber,
  exitTime: unixMsNumber,
  /** Long when left out, as in runs that were kept before there were others. */
  direction: z.enum(['long', 'short']).optional(),
  entryPrice: z.number(),
  exitPrice: z.number(),
  quantity: z.number(),
  pnl: z.number(),
  fees: z.number(),
  /** Result in multiples of the planned loss; null for a trade without a stop. */
  r: z.number().nullable(),
  /** Where its protection last was. Left out where it had none, in families whose orders say no purpose, and in runs kept before it was noted. */
  stop: z.number().optional(),
  target: z.number().optional(),
  /** What ended it. */
  left: z.enum(['stop', 'target', 'exit']).optional(),
  /** Place of its market among those of the run; the first when left out. */
  market: z.int().min(0).optional(),
});

const runHead = {
  kind: z.literal('backtest'),
  id,
  runHash: hashText,
  strategy: name,
  params: parameters,
  profiles: profilesView,
  seed: z.int(),
  /** Undefined instrument: none was named, so its rules were taken from the data. */
  instrument: symbolText.nullable(),
  interval: intervalText,
  source: z.string().max(4200),
  dataHash: hashText,
  createdAt: unixMsNumber,
};

/** What came of one of several markets. */
export const labMarketView = z.strictObject({
  instrument: z.string().max(60),
  interval: intervalText,
  /** Left out in runs that were kept before it was told. */
  tickSize: decimalText.optional(),
  candles: z.int(),
  trades: z.int(),
  fills: z.int(),
  refused: z.int(),
  openPosition: decimalText,
  openValue: decimalText,
  netPnl: decimalText,
  fees: decimalText,
  /** Share of its candles at whose close something was held. */
  exposure: z.number(),
});

export const runSummary = z.strictObject({
  ...runHead,
  status: z.enum(['completed', 'failed']),
  cause: cause.nullable(),
  from: unixMsNumber.nullable(),
  to: unixMsNumber.nullable(),
  trades: z.int(),
  startingCash: decimalText,
  finalEquity: decimalText.nullable(),
  totalReturn: figureView,
  sharpe: figureView,
  maxDrawdown: figureView,
});
export type RunSummary = z.infer<typeof runSummary>;

export const labRunView = z.strictObject({
  ...runHead,
  status: z.literal('completed'),
  from: unixMsNumber,
  to: unixMsNumber,
  candles: z.int(),
  warmUp: z.int(),
  gaps: z.strictObject({ count: z.int(), missing: z.int() }),
  feeBps: decimalText,
  startingCash: decimalText,
  finalEquity: decimalText,
  finalCash: decimalText,
  /** What is still held at the end, in base. */
  openPosition: decimalText,
  tickSize: decimalText,
  lotSize: decimalText,
  /** Steps that were taken from the data because no instrument was named. */
  assumed: z.strictObject({ tickSize: decimalText, lotSize: decimalText }).nullable(),
  /** Each market of a run that traded several, or whose venue had conditions. What is held of several stands here alone. */
  markets: z.array(labMarketView).optional(),
  /** The file of conditions. */
  venue: z.string().max(4096).optional(),
  trades: z.int(),
  /** The first ones, as many as a reply can carry. */
  tradeList: z.array(labTrade),
  fills: z.int(),
  fillsFile: z.string().max(4096).nullable(),
  turnover: decimalText,
  costs: costsView,
  metrics: z.record(name, figureView),
  /** Different configurations that were tried on these candles with this family, this one included. */
  tried: z.int(),
  /** The event loop alone. */
  elapsedMs: z.number(),
  /** Reading, checking and counting the candles. */
  loadMs: z.number(),
  candlesPerSecond: z.number(),
  /** Of the whole process since it began. */
  peakRssMb: z.number(),
});
export type LabRunView = z.infer<typeof labRunView>;

export const trialView = z.strictObject({
  place: z.int(),
  params: parameters,
  runHash: hashText.nullable(),
  status: z.enum(['completed', 'failed']),
  cause: cause.nullable(),
  score: z.number().nullable(),
  trades: z.int(),
  finalEquity: decimalText.nullable(),
  totalReturn: figureView,
  sharpe: figureView,
  maxDrawdown: figureView,
});
export type TrialView = z.infer<typeof trialView>;

const studyHead = {
  id,
  state: z.enum(['running', 'completed', 'failed', 'canceled', 'interrupted']),
  strategy: name,
  instrument: symbolText.nullable(),
  interval: intervalText,
  source: z.string().max(4200),
  dataHash: hashText,
  candles: z.int(),
  method: z.enum(['grid', 'random', 'adaptive', 'evolution']),
  objective: z.enum(['sharpe', 'sortino', 'calmar', 'return', 'fitness']),
  planned: z.int(),
  done: z.int(),
  failed: z.int(),
  workers: z.int(),
  /** Null when it does not run, or nothing has been finished yet. */
  etaMs: z.number().nullable(),
  elapsedMs: z.number(),
  createdAt: unixMsNumber,
  cause: cause.nullable(),
  bestScore: z.number().nullable(),
};

export const labStudySummary = z.strictObject({ ...studyHead, kind: z.enum(['search', 'walk-forward', 'evolution']) });
export type LabStudySummary = z.infer<typeof labStudySummary>;

/** What the choice among so many costs. */
const significance = z.strictObject({
  /** Different configurations ever tried on these candles with this family, whatever study or run asked. */
  tried: z.int(),
  /** Best Sharpe ratio of a day that chance alone would have brought. */
  expectedMaximum: z.number(),
  /** Probability that the true Sharpe ratio is above zero once the choice is paid for. */
  deflatedSharpe: figureView,
  /** Probability that the best configuration of one half is below the median on the other. */
  overfitting: figureView,
  overfittingLoss: figureView,
});

const foldView = z.strictObject({
  trainFrom: unixMsNumber,
  trainTo: unixMsNumber,
  testFrom: unixMsNumber,
  testTo: unixMsNumber,
  /** Chosen in training; null when no configuration had a score there. */
  params: parameters.nullable(),
  trainScore: z.number().nullable(),
  testScore: z.number().nullable(),
  testReturn: figureView,
  testTrades: z.int(),
});

export const holdoutView = z.strictObject({
  from: unixMsNumber,
  to: unixMsNumber,
  /** `lost`: opened before, by another study on the same candles or by one that did not end. */
  state: z.enum(['none', 'locked', 'opened', 'lost']),
  params: parameters.nullable(),
  openedAt: unixMsNumber.nullable(),
  /** Share of it that earlier holdouts of the same instrument had shown. */
  seenBefore: z.number().nullable(),
  metrics: z.record(name, figureView).nullable(),
  finalEquity: decimalText.nullable(),
  trades: z.int().nullable(),
});

const studyResult = {
  ...studyHead,
  /** Equal for equal questions and answers, however many workers and attempts it took. Null until completed. */
  resultHash: hashText.nullable(),
  /** The best ones by score, failures last. */
  trials: z.array(trialView),
  significance: significance.nullable(),
};

export const labStudyView = z.discriminatedUnion('kind', [
  z.strictObject({ ...studyResult, kind: z.literal('search') }),
  z.strictObject({
    ...studyResult,
    kind: z.literal('walk-forward'),
    folds: z.array(foldView),
    /** Figures of the tests put one after the other. */
    outOfSample: z.record(name, figureView).nullable(),
    holdout: holdoutView.nullable(),
  }),
  z.strictObject({ ...studyResult, kind: z.literal('evolution'), ...evolutionFields }),
]);
export type LabStudyView = z.infer<typeof labStudyView>;
