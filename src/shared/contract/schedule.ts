import { z } from 'zod';
import { faceText } from './automation.ts';
import { call, event } from './define.ts';
import { intervalText, nothing, shortText, symbolText, unixMsNumber } from './primitives.ts';
import { venueId } from './venues.ts';

/** `07:30`, in the master's time zone. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day such as 07:30');

/** Minutes between two presses: from a candle of one minute to one of a day. */
export const everyMinutes = z.int().min(1).max(1_440);
export const scheduleHours = z.strictObject({ from: clock, to: clock });
/** The simulated market, or a venue's live prices; neither sends an order to a venue. */
const scheduleMarket = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('generator') }),
  z.strictObject({
    kind: z.literal('venue'),
    venue: venueId,
    mode: z.enum(['paper', 'shadow']),
    /** A stand-in on this machine. */
    url: z.string().max(200).optional(),
  }),
]);

const scheduleSetting = z.strictObject({
  everyMinutes,
  interval: intervalText,
  instrument: symbolText,
  market: scheduleMarket,
  /** Only moments between these count, in the master's time zone. */
  between: scheduleHours.nullable(),
});

const pauseText = z.enum(['no engine', 'halted', 'no entries', 'manual']);
export type PauseText = z.infer<typeof pauseText>;

/** Times are those of the market that is pressed: its own of the simulated one, this machine's of a venue. */
export const scheduleView = z.strictObject({
  on: z.boolean(),
  /** What holds, or would hold if it were switched on. */
  setting: scheduleSetting,
  /** The next moment that may become a press; null while it is off, or nothing runs by itself here. */
  nextAt: unixMsNumber.nullable(),
  /** Why that moment would become none; null when nothing is known against it, and while it is off. */
  paused: pauseText.nullable(),
  /** What became of the newest moment that was decided; of several with the same reason the first. */
  last: z
    .discriminatedUnion('what', [
      z.strictObject({ what: z.literal('pressed'), due: unixMsNumber, cycle: z.int() }),
      z.strictObject({
        what: z.literal('skipped'),
        due: unixMsNumber,
        cause: z.enum(['paused', 'missed', 'busy', 'refused']),
        why: shortText,
      }),
    ])
    .nullable(),
});
export type ScheduleView = z.infer<typeof scheduleView>;

export const scheduleContract = {
  'schedule.get': call('view', nothing, scheduleView),
  /** What is left out stays. Off is instant; on needs a second proof, and a token cannot give one. */
  'schedule.set': call(
    'trade',
    z.strictObject({
      on: z.boolean(),
      ...scheduleSetting.partial().shape,
      by: faceText.default('socket'),
    }),
    scheduleView,
  ),
  'schedule.changed': event('view', scheduleView),
} as const;
