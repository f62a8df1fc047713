import { z } from 'zod';
import { arbitrageView } from './arbitrage.ts';
import { call, event } from './define.ts';
import { familyStudyView } from './family-study.ts';
import { LOAD_MS } from './lab.ts';
import { intervalText, unixMsNumber } from './primitives.ts';
import { scorecardView } from './scorecard.ts';

export const measurementId = z.string().regex(/^M-[0-9a-f]{12}$/, 'an id looks like M-1a2b3c4d5e6f');

/** One measurement of families, of arbitrage or of the analysts since the engine started: where it is, whoever began it. */
export const measurementSummary = z.strictObject({
  id: measurementId,
  kind: z.enum(['families', 'arbitrage', 'scorecard']),
  state: z.enum(['running', 'completed', 'failed', 'canceled']),
  /** What it is measured on, in words. */
  source: z.string().max(4200),
  interval: intervalText,
  startedAt: unixMsNumber,
  endedAt: unixMsNumber.nullable(),
  /** Families of the study, or moments of a scorecard, that are done, and all of them; null where nothing can be counted. */
  progress: z.strictObject({ done: z.int(), planned: z.int() }).nullable(),
  cause: z.strictObject({ message: z.string().max(2000), remedy: z.string().max(1000) }).nullable(),
});
export type MeasurementSummary = z.infer<typeof measurementSummary>;

const measurementView = z.strictObject({
  summary: measurementSummary,
  /** What came of it; the one that was measured, once it is completed. */
  families: familyStudyView.nullable(),
  arbitrage: arbitrageView.nullable(),
  scorecard: scorecardView.nullable(),
});
export type MeasurementView = z.infer<typeof measurementView>;

/** `csv` of a run are its figures; its trades and its curve are tables of their own. */
export const REPORT_FORMS = ['html', 'csv', 'trades', 'equity'] as const;

const reportFile = z.strictObject({ name: z.string().max(80), text: z.string() });
export type ReportFile = z.infer<typeof reportFile>;

export const measurementsContract = {
  /** Newest first. They are kept while the engine runs; their files are kept by whoever saves them. */
  'lab.measurements': call('view', z.strictObject({}), z.array(measurementSummary)),
  'lab.measurement': call('view', z.strictObject({ id: measurementId }), measurementView),
  'lab.stopMeasurement': call('trade', z.strictObject({ id: measurementId }), z.strictObject({ stopped: z.boolean() })),
  /** The text of a report of a run, a study or a measurement, for a window that saves it. `lab.export` writes it to a path. */
  'lab.report': call(
    'view',
    z.strictObject({ id: z.string().regex(/^[BSWEM]-[0-9a-f]{12}$/), as: z.enum(REPORT_FORMS) }),
    reportFile,
    LOAD_MS,
  ),
  /** A measurement went on or ended. */
  'lab.measured': event('view', measurementSummary),
} as const;
