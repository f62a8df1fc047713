import { type UnixMs, unixMs } from '#core/domain/ids.ts';

export type ParsedDate =
  | { readonly kind: 'date'; readonly at: UnixMs }
  | { readonly kind: 'none'; readonly why: string };

const none = (why: string): ParsedDate => ({ kind: 'none', why });

const DAY_MS = 86_400_000;
const SECONDS_UNTIL = 100_000_000_000;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2}|UTC|GMT)?)?$/i;
const RFC822 =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3,9})\.?,?\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s*([a-z]{1,5}|[+-]\d{2}:?\d{2})?$/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Zones that mail dates may name, in minutes; any other name is not guessed. */
const ZONES: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};

/**
 * The moment that a source states, or why there is none. A time without a zone is no moment: read in the zone of this machine it could lie
 * hours before the item was known. A date alone counts from the end of that day in UTC, when it was certainly there.
 */
export function parseNewsDate(given: string | number | undefined): ParsedDate {
  if (given === undefined) return none('no date');
  const text = String(given).trim();
  if (text === '' || text.length > 60) return none(text === '' ? 'no date' : 'not a date');
  if (/^\d{9,16}$/.test(text)) {
    const number = Number(text);
    return moment(number < SECONDS_UNTIL ? number * 1000 : number);
  }
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, fraction, zone] = iso;
    if (hour === undefined) return dated([year, month, day], ['0', '0', '0'], 0, DAY_MS);
    if (zone === undefined) return none('a time without a time zone');
    const millis = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
    return dated([year, month, day], [hour, minute, second], zoneMinutes(zone), millis);
  }
  const mail = RFC822.exec(text);
  if (mail !== null) {
    const [, day, monthName = '', year, hour, minute, second, zone] = mail;
    const month = MONTHS.indexOf(monthName.slice(0, 3).toLowerCase()) + 1;
    if (zone === undefined) return none('a time without a time zone');
    return dated([year, String(month), day], [hour, minute, second], zoneMinutes(zone), 0);
  }
  return none('not a date');
}

type Texts = readonly (string | undefined)[];

function dated(
  [year, month, day]: Texts,
  [hour, minute, second]: Texts,
  zone: number | undefined,
  plus: number,
): ParsedDate {
  if (zone === undefined) return none('an unknown time zone');
  const parts = [year, month, day, hour, minute, second ?? '0'].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const at = Date.UTC(parts[0], parts[1] - 1, ...(parts.slice(2) as [number, number, number, number]));
  const back = new Date(at);
  // 31 April and 25:00 would roll over into another moment; a leap second is the one exception that is honest.
  const rolled =
    back.getUTCMonth() !== parts[1] - 1 || back.getUTCDate() !== parts[2] || back.getUTCHours() !== parts[3];
  if (rolled || parts[5] > 60) return none('no day or time of the calendar');
  return moment(at - zone * 60_000 + plus);
}

const moment = (ms: number): ParsedDate =>
  Number.isSafeInteger(ms) && ms >= 0 && ms < 8.64e15 ? { kind: 'date', at: unixMs(ms) } : none('not a date');

function zoneMinutes(zone: string): number | undefined {
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (offset === null) return ZONES[zone.toUpperCase()];
  const [, sign, hours, minutes] = offset;
  const total = Number(hours) * 60 + Number(minutes);
  return total > 14 * 60 ? undefined : total * (sign === '-' ? -1 : 1);
}
