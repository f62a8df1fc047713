import type { UnixMs } from '../domain/ids.ts';

const DAY_MS = 86_400_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/**
 * ISO 8601 text in UTC such as `2023-10-20T00:00:00Z`; milliseconds are shown only when there are any. For messages to the master.
 * Counted by hand (proleptic Gregorian calendar, from 1970 on) because the core knows no `Date`.
 */
export function utcText(moment: UnixMs): string {
  if (moment < 0) throw new RangeError(`moments before 1970 have no text: ${moment}`);
  let days = Math.floor(moment / DAY_MS);
  let year = 1970;
  for (let length = 365; days >= length; length = isLeap(year) ? 366 : 365) {
    days -= length;
    year += 1;
  }
  let month = 0;
  for (const [index, length] of MONTH_DAYS.entries()) {
    const own = index === 1 && isLeap(year) ? length + 1 : length;
    if (days < own) {
      month = index + 1;
      break;
    }
    days -= own;
  }
  const rest = moment % DAY_MS;
  const clock = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60];
  const fraction = rest % 1000 === 0 ? '' : `.${pad(rest % 1000, 3)}`;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(days + 1, 2)}T${clock.map((part) => pad(part, 2)).join(':')}${fraction}Z`;
}
