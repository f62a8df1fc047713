import type { QuietHours } from './types.ts';

const MINUTES_OF_HOUR = 60;

/** Minutes since midnight of `HH:MM`. */
export const minuteOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * MINUTES_OF_HOUR + minutes;
};

/** Whether a minute of the day lies in the quiet hours. The first minute does, the last does not; equal ends mean none. */
export function isQuiet(hours: QuietHours | null, minute: number): boolean {
  if (hours === null) return false;
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)];
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
