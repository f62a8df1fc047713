import { z } from 'zod';
import { call, event } from './define.ts';
import { intervalText, nothing, shortText, symbolText, unixMsNumber } from './primitives.ts';

const count = z.int().min(0);
export const venueId = z.string().regex(/^[a-z0-9]{2,40}$/, 'is not the id of a venue, such as binance');
const localUrl = z.string().max(200);

/** `checked`: the conformance suite passed, here or in the program's own tests. `failed`: it was run here and did not. */
export const venueGrade = z.enum(['checked', 'failed', 'not yet checked', 'ungraded']);

export const venueCheckStep = z.strictObject({
  name: shortText,
  outcome: z.enum(['passed', 'failed', 'skipped']),
  detail: shortText,
  ms: z.number().min(0),
});
export type VenueCheckStepView = z.infer<typeof venueCheckStep>;

export const venueRow = z.strictObject({
  id: venueId,
  grade: venueGrade,
  /** When it was checked here, and against what. */
  checkedAt: unixMsNumber.nullable(),
  against: z.enum(['sandbox', 'local']).nullable(),
  /** The venue's name for our order id, and among which orders it is unique. */
  clientId: shortText,
  idUnique: z.enum(['always', 'open_only']),
  lookup: z.enum(['query', 'lists', 'scan']),
  requestExpiry: z.boolean(),
  deadMan: z.boolean(),
  bookCheck: z.enum(['library', 'own', 'sequence', 'none']),
  indexLagMs: count,
});
export type VenueRow = z.infer<typeof venueRow>;

export const venueList = z.strictObject({
  venues: z.array(venueRow),
  /** Every other exchange that can be tried, ungraded. */
  others: z.array(venueId),
});

export const venueCheckView = z.strictObject({
  id: venueId,
  against: z.enum(['sandbox', 'local']),
  grade: venueGrade,
  steps: z.array(venueCheckStep),
  passed: count,
  failed: count,
  skipped: count,
});

export const candleFetchView = z.strictObject({
  venue: venueId,
  instrument: symbolText,
  interval: intervalText,
  /** Candles that the venue handed out now, and how many of them were new. */
  fetched: count,
  added: count,
  /** What is stored now. */
  candles: count,
  firstOpen: unixMsNumber.nullable(),
  lastOpen: unixMsNumber.nullable(),
  gaps: z.array(z.strictObject({ after: unixMsNumber, before: unixMsNumber, missing: count })).max(100),
  /** Holes in all, the ones beyond the list included. */
  gapCount: count,
});

/** Years of minutes take hours at a venue's pace. */
const FETCH_MS = 12 * 3_600_000;
const CHECK_MS = 600_000;

export const venueContract = {
  'venue.list': call('view', nothing, venueList),
  /** Places orders that nobody will take, at a sandbox or at a stand-in on this machine. */
  'venue.check': call(
    'trade',
    z.strictObject({
      id: venueId,
      sandbox: z.boolean(),
      url: localUrl.optional(),
      /** Name of stored keys; the ones of the venue when left out. */
      key: z.string().max(40).optional(),
    }),
    venueCheckView,
    CHECK_MS,
  ),
  'venue.check_step': event('view', z.strictObject({ id: venueId, step: venueCheckStep })),
  'data.fetch': call(
    'trade',
    z.strictObject({
      venue: venueId,
      instrument: symbolText,
      interval: intervalText,
      from: unixMsNumber,
      to: unixMsNumber.optional(),
      url: localUrl.optional(),
    }),
    candleFetchView,
    FETCH_MS,
  ),
  'data.progress': event(
    'view',
    z.strictObject({
      venue: venueId,
      instrument: symbolText,
      interval: intervalText,
      /** Up to where it has come, between these. */
      at: unixMsNumber,
      from: unixMsNumber,
      to: unixMsNumber,
      fetched: count,
    }),
  ),
} as const;
