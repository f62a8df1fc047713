import { z } from 'zod';
import { call, event } from './define.ts';
import { labRunView, labStudySummary, labStudyView, runSummary } from './lab-views.ts';
import { chartView } from './market.ts';
import { decimalText, intervalText, shortText, symbolText, unixMsNumber } from './primitives.ts';

export const filePath = z.string().min(1).max(4096);
const strategyName = z.string().min(1).max(60);
const parameterName = z.string().min(1).max(60);
export const labId = z.string().regex(/^[BSWE]-[0-9a-f]{12}$/, 'an id looks like B-1a2b3c4d5e6f; see mt lab list');

/** Candles to play: a file, what was imported, or the simulated market from its beginning. */
export const labMarket = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: filePath }),
  z.strictObject({ kind: z.literal('imported') }),
  z.strictObject({
    kind: z.literal('generator'),
    seed: z.int().min(0).optional(),
    candles: z.int().min(100).max(500_000).default(20_000),
  }),
]);

/** What every run of the lab is given. What is left out is chosen by the engine and named in the result. */
const setup = {
  market: labMarket,
  instrument: symbolText.optional(),
  interval: intervalText,
  /** Finer candles of the same market: of a file, or of the same source as its own. They decide what high and low leave open. */
  detail: z.strictObject({ path: filePath.optional(), interval: intervalText }).optional(),
  /** Further markets on the same account: of a file, or of the same source as the first. */
  also: z
    .array(z.strictObject({ instrument: symbolText, path: filePath.optional(), interval: intervalText.optional() }))
    .max(31)
    .optional(),
  /** JSON file that says what the venue was like. */
  venue: filePath.optional(),
  strategy: strategyName,
  from: unixMsNumber.optional(),
  to: unixMsNumber.optional(),
  feeBps: decimalText.optional(),
  cash: decimalText.optional(),
  seed: z.int().min(0).optional(),
  limits: z.enum(['none', 'default']).optional(),
  costs: z.enum(['fee-only', 'default']).optional(),
};

export const backtestRequest = z.strictObject({
  ...setup,
  params: z.record(parameterName, z.number()).default({}),
  /** CSV file for every fill; must not exist as a folder. */
  fills: filePath.optional(),
  /** Files of news and of the Fear & Greed index that agents may read, each a source of its own. */
  news: z.array(filePath).min(1).max(8).optional(),
});
export type BacktestRequest = z.infer<typeof backtestRequest>;

/** Values of one parameter: from..to in steps, or a list. Without steps, grids refuse and the others draw from the whole span. */
export const labAxis = z.strictObject({
  name: parameterName,
  from: z.number().optional(),
  to: z.number().optional(),
  step: z.number().positive().optional(),
  values: z.array(z.number()).min(1).max(1000).optional(),
});
export type LabAxis = z.infer<typeof labAxis>;

export const LAB_OBJECTIVES = ['sharpe', 'sortino', 'calmar', 'return'] as const;
export const LAB_METHODS = ['grid', 'random', 'adaptive'] as const;

const search = {
  ...setup,
  method: z.enum(LAB_METHODS).default('random'),
  space: z.array(labAxis).max(20).default([]),
  /** Fixed values of parameters that are not searched. */
  params: z.record(parameterName, z.number()).default({}),
  /** Most configurations to try. */
  budget: z.int().min(1).max(20_000).default(200),
  objective: z.enum(LAB_OBJECTIVES).default('sharpe'),
  workers: z.int().min(1).max(64).optional(),
};

export const searchRequest = z.strictObject(search);
export type SearchRequest = z.infer<typeof searchRequest>;

export const walkForwardRequest = z.strictObject({
  ...search,
  kind: z.enum(['anchored', 'rolling']).default('anchored'),
  /** Number of tests that lie side by side after the first training. */
  folds: z.int().min(1).max(50).default(5),
  /** Share of the candles that is kept back for one final look. */
  holdout: z.number().min(0).max(0.5).default(0.2),
  /** Candles cut out between training and test; a hundredth of the candles each when left out. */
  purge: z.int().min(0).optional(),
  embargo: z.int().min(0).optional(),
});
export type WalkForwardRequest = z.infer<typeof walkForwardRequest>;

const { strategy: _, detail: __, also: ___, venue: ____, ...evolved } = setup;

/** Genomes of these families, bred in windows before a proof that chooses nothing and a holdout that is not played. */
export const evolveRequest = z.strictObject({
  ...evolved,
  families: z.array(strategyName).min(1).max(8),
  /** New configurations in each generation; as many are drawn evenly beside them. */
  population: z.int().min(2).max(500).default(16),
  generations: z.int().min(1).max(200).default(8),
  /** Number of windows in which candidates are compared. */
  folds: z.int().min(1).max(20).default(4),
  holdout: z.number().min(0.05).max(0.5).default(0.2),
  purge: z.int().min(0).optional(),
  embargo: z.int().min(0).optional(),
  workers: z.int().min(1).max(64).optional(),
});
export type EvolveRequest = z.infer<typeof evolveRequest>;

export const studyStarted = z.strictObject({
  id: labId,
  state: z.enum(['running', 'completed', 'failed', 'canceled']),
  planned: z.int(),
  /** Runs that an earlier attempt had finished and that are not run again. */
  known: z.int(),
});

export const LOAD_MS = 600_000;
/** Studies may take days; the caller follows their progress meanwhile. */
const STUDY_MS = 2_000_000_000;

export const labFamilyView = z.strictObject({
  name: strategyName,
  summary: shortText,
  limits: z.enum(['none', 'default']),
  costs: z.enum(['fee-only', 'default']),
  parameters: z.array(
    z.strictObject({
      name: parameterName,
      summary: shortText,
      whole: z.boolean(),
      least: z.number(),
      most: z.number(),
      usual: z.number(),
    }),
  ),
});
export type LabFamilyView = z.infer<typeof labFamilyView>;

const columns = z.instanceof(Float64Array);
export const labCurve = z.strictObject({
  id: labId,
  /** Close times, UTC ms; at most some thousand points, each the end of an equal stretch, with its lowest equity kept. */
  time: columns,
  equity: columns,
  /** Share below the highest equity so far, 0..1. */
  drawdown: columns,
  /** Equity of buying at the first open and holding on, at the same moments. */
  held: columns,
});
export type LabCurve = z.infer<typeof labCurve>;

/** One trade on the candles that it was played on, with where its protection last was. */
export const labChart = chartView.extend({
  /** Empty for a file of which nobody said what it is of. */
  instrument: z.string().max(60),
  priceDecimals: z.int(),
});
export type LabChart = z.infer<typeof labChart>;

export const labContract = {
  'lab.families': call('view', z.strictObject({}), z.array(labFamilyView)),
  /** Plays one back-test to its end and keeps it. A run that fails is kept as failed and refused with its cause. */
  'lab.backtest': call('trade', backtestRequest, labRunView, LOAD_MS),
  /** Starts a search, or goes on with the same one where an earlier attempt stopped. */
  'lab.search': call('trade', searchRequest, studyStarted, LOAD_MS),
  'lab.walkForward': call('trade', walkForwardRequest, studyStarted, LOAD_MS),
  'lab.resume': call('trade', z.strictObject({ id: labId }), studyStarted, LOAD_MS),
  'lab.cancel': call('trade', z.strictObject({ id: labId }), z.strictObject({ canceled: z.boolean() })),
  /** Answers when the study has ended. */
  'lab.wait': call('view', z.strictObject({ id: labId }), labStudyView, STUDY_MS),
  'lab.list': call(
    'view',
    z.strictObject({ limit: z.int().min(1).max(500).default(100) }),
    z.strictObject({ runs: z.array(runSummary), studies: z.array(labStudySummary) }),
  ),
  'lab.show': call(
    'view',
    z.strictObject({ id: labId }),
    z.discriminatedUnion('kind', [labRunView, ...labStudyView.options]),
  ),
  'lab.curve': call('view', z.strictObject({ id: labId }), labCurve),
  /** `trade`: its place in the list of the run's trades, from 0. Refused when the candles are others by now. */
  'lab.chart': call('view', z.strictObject({ id: labId, trade: z.int().min(0) }), labChart, LOAD_MS),
  'lab.compare': call(
    'view',
    z.strictObject({ ids: z.array(labId).min(2).max(4) }),
    z.strictObject({ runs: z.array(labRunView), notes: z.array(shortText) }),
  ),
  /** Writes a report; each path is replaced whole or not at all. */
  'lab.export': call(
    'trade',
    z.strictObject({ id: labId, html: filePath.optional(), csv: filePath.optional() }),
    z.strictObject({ id: labId, files: z.array(z.strictObject({ path: filePath, bytes: z.int() })) }),
    LOAD_MS,
  ),
  /** Judges the configuration that a walk-forward chose on the candles kept back. Possible once for each set of candles. */
  'lab.openHoldout': call('trade', z.strictObject({ id: labId }), labStudyView, LOAD_MS),
  /** A study went on; at most ten a second. */
  'lab.changed': event('view', labStudySummary),
} as const;
