const MINUTES_OF_HOUR = 60;

/** Times of day as `HH:MM` in the master's zone; over midnight when `from` is the later one. */
export type DayHours = { readonly from: string; readonly to: string };

/** Minutes since midnight of `HH:MM`. */
export const minuteOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * MINUTES_OF_HOUR + minutes;
};

/** Whether a minute of the day lies within. The first minute does, the last does not; equal ends hold nothing. */
export function isWithin({ from: first, to: last }: DayHours, minute: number): boolean {
  const [from, to] = [minuteOf(first), minuteOf(last)];
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
