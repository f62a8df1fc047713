/** Time as text. The zone is always an argument: moments are UTC milliseconds, only display is local. */
const formats = new Map<string, Intl.DateTimeFormat>();

// Building an Intl formatter costs about a hundred times a call of it, and a table formats hundreds of moments.
function formatFor(zone: string, style: Intl.DateTimeFormatOptions, locale = 'en-GB'): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(style)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...style, timeZone: zone, hourCycle: 'h23' });
  formats.set(key, made);
  return made;
}

const fields = (ms: number, zone: string, style: Intl.DateTimeFormatOptions): Readonly<Record<string, string>> =>
  Object.fromEntries(
    formatFor(zone, style)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );

const DATE = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;

/** `14:02` */
export function clockText(ms: number, zone: string): string {
  const at = fields(ms, zone, CLOCK);
  return `${at['hour']}:${at['minute']}`;
}

/** `14:02:11` */
export function clockSecondsText(ms: number, zone: string): string {
  const at = fields(ms, zone, { ...CLOCK, second: '2-digit' });
  return `${at['hour']}:${at['minute']}:${at['second']}`;
}

/** `2026-11-20`, which sorts and which no country reads differently. */
export function dateText(ms: number, zone: string): string {
  const at = fields(ms, zone, DATE);
  return `${at['year']}-${at['month']}-${at['day']}`;
}

/** `2026-11-20 14:02` */
export const dateTimeText = (ms: number, zone: string): string => `${dateText(ms, zone)} ${clockText(ms, zone)}`;

/** `20 Nov 14:02`, for chart axes and dense rows. */
export function shortDateTimeText(ms: number, zone: string): string {
  const at = fields(ms, zone, { day: 'numeric', month: 'short', ...CLOCK });
  return `${at['day']} ${at['month']} ${at['hour']}:${at['minute']}`;
}

/** The full moment in UTC, for hover: `2026-11-20 11:02:11 UTC`. */
export const utcText = (ms: number): string => `${dateText(ms, 'UTC')} ${clockSecondsText(ms, 'UTC')} UTC`;

/** Short name of the zone at that moment, such as `EAT` or `GMT+3`. */
export function zoneName(ms: number, zone: string): string {
  // Names of zones differ by country; only an African locale knows those of Africa.
  const named = formatFor(zone, { timeZoneName: 'short' }, 'en-KE').formatToParts(ms);
  return named.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const two = (value: number): string => String(value).padStart(2, '0');

/** Two units at most: `20ms`, `12.4s`, `2m 05s`, `3h 20m`, `2d 4h`. */
export function durationText(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown';
  const value = Math.max(0, ms);
  if (value < 1) return '<1ms';
  if (value < SECOND) return `${Math.floor(value)}ms`;
  if (value < MINUTE) return `${(Math.floor(value / 100) / 10).toFixed(1)}s`;
  if (value < HOUR) return `${Math.floor(value / MINUTE)}m ${two(Math.floor((value % MINUTE) / SECOND))}s`;
  if (value < DAY) return `${Math.floor(value / HOUR)}h ${two(Math.floor((value % HOUR) / MINUTE))}m`;
  return `${Math.floor(value / DAY)}d ${Math.floor((value % DAY) / HOUR)}h`;
}

/** Age of data in one unit: `0.4s`, `42s`, `6m`, `3h`, `2d`. */
export function ageText(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return 'no data';
  const value = Math.max(0, ms);
  if (value < 10 * SECOND) return `${(Math.floor(value / 100) / 10).toFixed(1)}s`;
  if (value < MINUTE) return `${Math.floor(value / SECOND)}s`;
  if (value < HOUR) return `${Math.floor(value / MINUTE)}m`;
  if (value < DAY) return `${Math.floor(value / HOUR)}h`;
  return `${Math.floor(value / DAY)}d`;
}
