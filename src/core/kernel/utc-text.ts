import type { UnixMs } from '../domain/ids.ts';

const DAY_MS = 86_400_000;
const two = (value: number): string => String(value).padStart(2, '0');

/**
 * ISO 8601 in UTC, such as `2023-10-20T00:00:00Z`; milliseconds only when there are any. The core has no Date, so the day becomes a
 * civil date by counting 400-year eras of 146,097 days from 1 March of year 0 (the usual proleptic Gregorian arithmetic).
 */
export function utcText(at: UnixMs): string {
  const days = Math.floor(at / DAY_MS);
  const rest = at - days * DAY_MS;
  // 719,468 days lie between 0000-03-01 and 1970-01-01.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // Months are counted from March, so that the leap day comes last.
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const clock = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60].map(two);
  const fraction = rest % 1000 === 0 ? '' : `.${String(rest % 1000).padStart(3, '0')}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock.join(':')}${fraction}Z`;
}
