import { z } from 'zod';
import { call } from './define.ts';
import { filePath, labMarket } from './lab.ts';
import { figureView } from './lab-views.ts';
import { decimalText, intervalText, shortText, symbolText, unixMsNumber } from './primitives.ts';

const familyStudyRequest = z.strictObject({
  market: labMarket,
  instrument: symbolText.optional(),
  interval: intervalText,
  /** These families alone; what is not played is not counted either. */
  only: z.array(z.string().min(1).max(60)).min(1).max(20).optional(),
  /** Files of news and of the Fear & Greed index for the families that read them, each a source of its own. */
  news: z.array(filePath).min(1).max(8).optional(),
  feeBps: decimalText.optional(),
  cash: decimalText.optional(),
  seed: z.int().min(0).optional(),
  workers: z.int().min(1).max(8).optional(),
  html: filePath.optional(),
  csv: filePath.optional(),
  markdown: filePath.optional(),
});

const count = z.int().min(0);
const familyStudyRow = z.strictObject({
  family: z.string(),
  /** Why it was not played; null when it was. */
  left: shortText.nullable(),
  configurations: z.array(
    z.strictObject({ params: z.record(z.string(), z.number()), trades: count, dailySharpe: z.number().nullable() }),
  ),
  windows: z.array(
    z.strictObject({
      kind: z.string(),
      from: unixMsNumber,
      to: unixMsNumber,
      candles: count,
      /** Buying at the first open and selling at the last close, before costs. */
      held: z.number(),
      results: z.array(z.strictObject({ trades: count, totalReturn: figureView, maxDrawdown: figureView })),
    }),
  ),
  folds: z.array(
    z.strictObject({
      from: unixMsNumber,
      to: unixMsNumber,
      chosen: count.nullable(),
      trades: count,
      totalReturn: figureView,
    }),
  ),
  /** The best configuration over all windows: chosen with hindsight, and paid for by deflation. */
  best: z.strictObject({ place: count, sharpe: figureView, undeflated: figureView, deflated: figureView }).nullable(),
  /** The tests of the walk-forward put together. */
  outOfSample: z.strictObject({ totalReturn: figureView, sharpe: figureView, deflated: figureView }),
});

export const familyStudyView = z.strictObject({
  source: z.string(),
  interval: intervalText,
  from: unixMsNumber,
  to: unixMsNumber,
  candles: count,
  dataHash: z.string(),
  feeBps: decimalText,
  cash: decimalText,
  /** Configurations tried here, of all families together: what everything is deflated by. */
  tried: count,
  /** Runs that were played. */
  runs: count,
  families: z.array(familyStudyRow),
  notes: z.array(shortText),
  files: z.array(z.strictObject({ path: filePath, bytes: z.int() })),
});
export type FamilyStudyView = z.infer<typeof familyStudyView>;

/** Minutes on years of hourly candles, and nobody waits for less. */
const STUDY_MS = 2_000_000_000;

export const familyStudyContract = {
  /** Plays every strategy family over the regime windows and walks it forward, and writes one report where a file is named. */
  'lab.measureFamilies': call('trade', familyStudyRequest, familyStudyView, STUDY_MS),
};
