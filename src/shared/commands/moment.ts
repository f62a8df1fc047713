/** Moments as a person types them. UTC only: a moment in local time would mean another candle on another machine. */
export type Moment =
  | { readonly kind: 'ok'; readonly ms: number }
  | {
      readonly kind: 'refused';
      /** Reads on after the value: `"2023-02-30" is not a day of the calendar`. */
      readonly why: string;
    };

const DAY_MS = 86_400_000;
/** The end of the year 9999. */
const LATEST_MOMENT = 253_402_300_799_999;
/** Smaller numbers are moments before 1973 in milliseconds, and in practice always seconds by mistake. */
const LEAST_MS = 100_000_000_000;

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|z|[+-]\d{2}:?\d{2})?)?$/;

const refused = (why: string): Moment => ({ kind: 'refused', why });

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const daysOfMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar (365 days a year, a leap day every 4, not 100, but 400). */
function daysSince1970(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  // 719,162 days lie between 0001-01-01 and 1970-01-01.
  const untilYear = before * 365 + leapDays - 719_162;
  let untilMonth = 0;
  for (let earlier = 1; earlier < month; earlier++) untilMonth += daysOfMonth(year, earlier);
  return untilYear + untilMonth + day - 1;
}

/** Reads ISO 8601 in UTC (`2023-10-20T00:00:00Z`), a date alone (its midnight in UTC), or whole milliseconds since 1970. */
export function parseMoment(text: string): Moment {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return milliseconds(trimmed);
  const match = ISO.exec(trimmed);
  if (match === null) return refused('is not a moment');
  const [, year = '', month = '', day = '', hour, minute = '00', second = '00', fraction = '', zone] = match;
  if (hour !== undefined && zone === undefined)
    return refused('names no time zone; only UTC is read, so end it with Z');
  if (zone !== undefined && zone.toUpperCase() !== 'Z') return refused('is not in UTC; end it with Z');

  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (date.day < 1 || date.day > daysOfMonth(date.year, date.month)) return refused('is not a day of the calendar');
  const clock = { hour: Number(hour ?? '0'), minute: Number(minute), second: Number(second) };
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) return refused('is not a time of the day');

  const ofDay = ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1000 + Number(fraction.padEnd(3, '0'));
  const ms = daysSince1970(date.year, date.month, date.day) * DAY_MS + ofDay;
  return ms < 0 ? refused('is before 1970') : { kind: 'ok', ms };
}

function milliseconds(text: string): Moment {
  const ms = Number(text);
  if (ms < LEAST_MS) return refused('is too small for milliseconds since 1970; it looks like seconds, or a year');
  if (ms > LATEST_MOMENT) return refused('is too large for milliseconds since 1970');
  return { kind: 'ok', ms };
}
