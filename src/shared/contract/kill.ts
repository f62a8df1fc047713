import { z } from 'zod';
import { call } from './define.ts';
import { decimalText, nothing, shortText, unixMsNumber } from './primitives.ts';

/**
 * The two ways to stop. `flatten`: cancel everything and close what is held. `stop_managing`: cancel what would open something new and keep
 * what is held, with the stops that protect it. Both halt trading until it is resumed.
 */
export const killVerb = z.enum(['flatten', 'stop_managing']);
export type KillVerb = z.infer<typeof killVerb>;

const orderName = {
  clientOrderId: z.string().max(64).nullable(),
  venueOrderId: z.string().max(64).nullable(),
  /** Placed by somebody else on the same account. */
  foreign: z.boolean(),
};

/** Of one order: which, when its cancel was asked for, when and by what it is known to be gone. Wall time. */
const cancelProof = z.strictObject({
  venue: shortText,
  ...orderName,
  instrumentId: z.string(),
  requestedAt: unixMsNumber,
  requests: z.int(),
  confirmedAt: unixMsNumber.nullable(),
  evidence: z.enum(['not in the open orders of the venue']).nullable(),
});

export const killReport = z.strictObject({
  tradingState: z.literal('halted'),
  verb: killVerb,
  alreadyHalted: z.boolean(),
  steps: z.array(z.strictObject({ name: shortText, done: z.boolean(), detail: shortText, ts: unixMsNumber })),
  venues: z.array(
    z.strictObject({
      venue: shortText,
      orders: z.array(cancelProof),
      /** When the venue's own list was seen to be empty of what had to go. */
      verifiedEmptyAt: unixMsNumber.nullable(),
      queries: z.int(),
      problem: z.string().nullable(),
    }),
  ),
});
export type KillReport = z.infer<typeof killReport>;

export const killPreview = z.strictObject({
  venues: z.array(
    z.strictObject({
      venue: shortText,
      /** The venue did not answer in time; this is what we remember. */
      fromMemory: z.boolean(),
      orders: z.array(
        z.strictObject({
          ...orderName,
          instrument: z.string(),
          protects: z.boolean(),
          flatten: z.literal('cancel'),
          stopManaging: z.enum(['cancel', 'keep']),
        }),
      ),
      positions: z.array(
        z.strictObject({
          instrument: z.string(),
          quantity: decimalText,
          value: decimalText.nullable(),
          flatten: z.literal('close'),
          stopManaging: z.literal('keep'),
        }),
      ),
    }),
  ),
});
export type KillPreview = z.infer<typeof killPreview>;

export const killContract = {
  /** Stops trading by one of the two ways; stays so until resumed. */
  'engine.kill': call(
    'trade',
    z.strictObject({ reason: z.string().min(1).max(200), verb: killVerb.default('flatten') }),
    killReport,
    30_000,
  ),
  /** What each of the two would do now. */
  'engine.kill_preview': call('view', nothing, killPreview),
} as const;
