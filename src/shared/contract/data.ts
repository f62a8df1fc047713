import { z } from 'zod';
import { call } from './define.ts';
import { intervalText, symbolText, unixMsNumber } from './primitives.ts';

const count = z.int().min(0);
/** Lists of a report are cut to this; the counts beside them are not. */
export const REPORT_ROWS = 100;

const gap = z.strictObject({ after: unixMsNumber, before: unixMsNumber, missing: count });

export const storedSeriesView = z.strictObject({
  instrument: symbolText,
  /** Where the candles were fetched from; `SIM` for those of a file, which the simulated venue plays. */
  venue: z.string().max(60),
  interval: intervalText,
  candles: count,
  firstOpen: unixMsNumber,
  lastOpen: unixMsNumber,
  /** Holes in the series, and whole intervals that they miss. */
  gaps: count,
  missing: count,
  /** Values that an import replaced on purpose; the old ones are kept. */
  revisions: count,
});
export type StoredSeriesView = z.infer<typeof storedSeriesView>;

export const dataCheckView = z.strictObject({
  instrument: symbolText,
  interval: intervalText,
  candles: count,
  firstOpen: unixMsNumber,
  lastOpen: unixMsNumber,
  gaps: z.strictObject({ count, missing: count, longest: z.array(gap).max(REPORT_ROWS) }),
  zeroVolume: z.strictObject({
    candles: count,
    runs: count,
    longest: z.array(z.strictObject({ from: unixMsNumber, to: unixMsNumber, candles: count })).max(REPORT_ROWS),
  }),
  /** Candles whose true range is at least `ranges` average true ranges of the 14 candles before. Ratios, not money. */
  jumps: z.strictObject({
    ranges: z.number(),
    count,
    largest: z
      .array(z.strictObject({ openTime: unixMsNumber, ranges: z.number(), change: z.number(), afterGap: z.boolean() }))
      .max(REPORT_ROWS),
  }),
  misaligned: count,
  disordered: count,
  inconsistent: count,
  revisions: count,
  /** What was found in plain sentences; one sentence when nothing was. */
  findings: z.array(z.string().max(400)),
});
export type DataCheckView = z.infer<typeof dataCheckView>;

const series = { instrument: symbolText, interval: intervalText };

export const dataContract = {
  /** Every imported series. */
  'data.list': call('view', z.strictObject({}), z.array(storedSeriesView), 60_000),
  /** Looks through one imported series for what deserves a second look. */
  'data.check': call(
    'view',
    z.strictObject({ ...series, jumpRanges: z.number().min(2).max(1000).default(10) }),
    dataCheckView,
    120_000,
  ),
  /** Writes an imported series to a CSV file, compressed when the name ends in `.gz`; the file appears whole or not at all. */
  'data.export': call(
    'trade',
    z.strictObject({
      ...series,
      path: z.string().min(1).max(4096),
      from: unixMsNumber.optional(),
      to: unixMsNumber.optional(),
      overwrite: z.boolean().default(false),
    }),
    z.strictObject({
      path: z.string(),
      candles: count,
      bytes: count,
      firstOpen: unixMsNumber,
      lastOpen: unixMsNumber,
    }),
    600_000,
  ),
} as const;
