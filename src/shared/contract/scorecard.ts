import { z } from 'zod';
import { cycleRequest } from './cycle.ts';
import { call } from './define.ts';
import { figureView } from './lab-views.ts';
import { hashText, nothing, shortText, unixMsNumber } from './primitives.ts';

const share = z.number().min(0).max(1);

const calibrationBin = z.strictObject({
  from: share,
  to: share,
  n: z.int(),
  meanProbability: share,
  right: share,
  low: share,
  high: share,
});

const scoreRow = z.strictObject({
  question: z.enum(['direction', 'regime']),
  /** `rules`, the name of a model's file, or of a baseline. */
  who: shortText,
  kind: z.enum(['rules', 'model', 'baseline']),
  modelHash: hashText.nullable(),
  n: z.int(),
  brier: figureView,
  logLoss: figureView,
  right: figureView,
  versus: z.array(z.strictObject({ other: shortText, difference: figureView })),
  calibration: z.array(calibrationBin),
});
export type ScoreRowView = z.infer<typeof scoreRow>;

export const scorecardView = z.strictObject({
  /** Moments whose outcome is known, and calls that wait for theirs. */
  resolved: z.int(),
  waiting: z.int(),
  from: unixMsNumber.nullable(),
  to: unixMsNumber.nullable(),
  horizonCandles: z.int(),
  rows: z.array(scoreRow),
  authorities: z.array(
    z.strictObject({
      model: shortText,
      hash: hashText,
      level: z.enum(['trial', 'earned', 'withdrawn']),
      why: shortText,
      n: z.int(),
    }),
  ),
});
export type ScorecardView = z.infer<typeof scorecardView>;

export const MOST_MOMENTS = 5_000;

/** Moments of recorded candles at which every analyst makes its calls, knowing what was closed by then and nothing later. */
export const measureRequest = cycleRequest
  .pick({ instrument: true, interval: true, market: true, at: true, seed: true, model: true })
  .extend({
    /** Candles between two moments, and how many moments, the newest ones. */
    every: z.int().min(1).max(10_000).default(24),
    moments: z.int().min(30).max(MOST_MOMENTS).default(500),
  });

/** A small model needs about half a second for each moment. */
const MOST_MS = 3_600_000;

export const scorecardContract = {
  'scorecard.show': call('view', nothing, scorecardView),
  /** Listed by `lab.measurements` while it runs, which says how far it is; `lab.stopMeasurement` stops it. One at a time. */
  'scorecard.measure': call('trade', measureRequest, scorecardView, MOST_MS),
} as const;
