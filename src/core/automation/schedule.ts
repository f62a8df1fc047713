import { type DayHours, isWithin } from '../domain/day-hours.ts';
import { type UnixMs, unixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { Fault } from '../kernel/fault.ts';
import type { Schedule } from './schedule-types.ts';

const MINUTE_MS = 60_000;
/** The hours of a day come round within one; the second is for a moment of which one a day is due. */
const LOOK_AHEAD_MS = 2 * 86_400_000;

/** Minutes since midnight in the master's zone. */
export type MinuteOfDay = (at: UnixMs) => number;
type Cadence = Pick<Schedule, 'everyMinutes' | 'between'>;

/**
 * The first moment after `now` at which the schedule presses; undefined when none comes within two days. Moments are counted in UTC, where
 * every minute comes once: no change of summer time moves, doubles or loses one. The hours are judged at each moment by the zone's own
 * clock, so that on the day of such a change they hold an hour more or less.
 */
export function nextPressAt(
  { everyMinutes, between }: Cadence,
  now: UnixMs,
  minuteOfDay: MinuteOfDay,
): UnixMs | undefined {
  const step = everyMinutes * MINUTE_MS;
  for (let at = (Math.floor(now / step) + 1) * step; at <= now + LOOK_AHEAD_MS; at += step)
    if (allows(between, unixMs(at), minuteOfDay)) return unixMs(at);
  return undefined;
}

const allows = (between: DayHours | null, at: UnixMs, minuteOfDay: MinuteOfDay): boolean =>
  between === null || isWithin(between, minuteOfDay(at));

/** Refuses a schedule that could never press, or not at the close of its candles. Throws Fault `usage`. */
export function refuseImpossibleSchedule(schedule: Schedule, now: UnixMs, minuteOfDay: MinuteOfDay): void {
  const { everyMinutes, interval, between } = schedule;
  const candle = INTERVAL_MS[interval] / MINUTE_MS;
  if (everyMinutes % candle !== 0)
    throw new Fault(
      'usage',
      `every ${everyMinutes} minutes is no whole number of ${interval} candles`,
      `choose a multiple of ${candle} minutes, or shorter candles`,
    );
  if (nextPressAt(schedule, now, minuteOfDay) !== undefined) return;
  throw new Fault(
    'usage',
    `no moment of every ${everyMinutes} minutes lies between ${between?.from} and ${between?.to}`,
    'choose wider hours, or a shorter time between two presses',
  );
}
