import {
  DENSITIES,
  ENTRY_POLICIES,
  PALETTES,
  type PreferenceName,
  type Preferences,
  preferences,
} from '../contract/preferences.ts';
import { REVIEWED_STEPS } from '../contract/setup.ts';

const oneOf = (...values: readonly string[]): string => `choose one of ${values.join(', ')}`;
const SWITCH = 'choose on or off';
const TIME = 'write a time of day such as 07:30, or none';

/** What each preference is about, and what a right value looks like; for the terminal and as the remedy of a wrong value. */
export const PREFERENCE_HELP: Readonly<Record<PreferenceName, { readonly about: string; readonly form: string }>> = {
  language: { about: 'language of the window', form: oneOf('system', 'en', 'sw') },
  region: { about: 'whose way of writing money', form: oneOf('system', 'KE', 'US') },
  displayCurrency: { about: 'currency that amounts are also shown in', form: oneOf('USD', 'KES') },
  kesRate: { about: 'shillings for one dollar, and the day of that rate', form: 'write 129.25@2026-11-20, or none' },
  timeZone: { about: 'zone that moments are shown in', form: 'write system or a zone such as Africa/Nairobi' },
  theme: { about: 'dark or light', form: oneOf('system', 'dark', 'light') },
  palette: { about: 'colours of up and down', form: oneOf('auto', ...PALETTES) },
  density: { about: 'height of rows', form: oneOf(...DENSITIES) },
  reduceMotion: { about: 'whether anything moves', form: oneOf('system', 'on') },
  hideAmountsWhenLocked: { about: 'whether a locked face hides amounts', form: SWITCH },
  closeToTrayExplained: { about: 'whether the window has explained what closing it does', form: SWITCH },
  welcomed: { about: 'whether the first screen of all was left', form: SWITCH },
  setupReviewed: {
    about: 'steps of the set-up that were looked at and kept',
    form: `write some of ${REVIEWED_STEPS.join(',')}, or none`,
  },
  idleMinutes: {
    about: 'minutes without a hand on the machine before it locks',
    form: 'write whole minutes from 1 to 240, or none',
  },
  quietHours: { about: 'when only what is critical makes a noise', form: 'write 22:00-07:00, or none' },
  startAtLogin: { about: 'whether the engine starts with the desktop', form: SWITCH },
  dailySummaryTime: { about: 'when the summary of the day is told', form: TIME },
  askEntries: { about: 'which entries of an agent ask in semi, beside its brief', form: oneOf(...ENTRY_POLICIES) },
  approvalMinutes: {
    about: 'minutes that an approval waits before it counts as rejected',
    form: 'write whole minutes from 1 to 1440',
  },
  chartIndicators: {
    about: 'what is drawn around the candles',
    form: 'write some such as volume,regime,ema:21,rsi:14, or none',
  },
  chartSets: { about: 'indicators under names of your own', form: 'write JSON such as {"calm":["ema:50"]}, or none' },
  layouts: {
    about: 'how screens are divided, in pixels',
    form: 'write JSON such as {"market":{"locked":false,"sizes":{"side":400}}}, or none',
  },
  singleKeyShortcuts: { about: 'keys without Ctrl or Alt', form: SWITCH },
  shortcutRemaps: { about: 'other keys for shortcuts', form: 'write JSON such as {"go.market":"g x"}, or none' },
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is one reading less, not an error: the other readings are tried as well.
    return undefined;
  }
};

/** All that a typed text may mean. */
function* readings(text: string): Generator<unknown> {
  yield text;
  if (text === 'none') {
    yield null;
    yield {};
    yield [];
  }
  yield text.split(',');
  if (text === 'on' || text === 'true') yield true;
  if (text === 'off' || text === 'false') yield false;
  if (/^\d{1,6}$/.test(text)) yield Number(text);
  const rate = /^([\d.]+)@([\d-]+)$/.exec(text);
  if (rate !== null) yield { kesPerUsd: rate[1], on: rate[2] };
  const hours = /^([\d:]+)-([\d:]+)$/.exec(text);
  if (hours !== null) yield { from: hours[1], to: hours[2] };
  if (text.startsWith('{')) yield json(text);
}

/** A preference as it was typed, or undefined when it can mean none. */
export function readPreference(name: PreferenceName, text: string): Preferences[PreferenceName] | undefined {
  for (const reading of readings(text)) {
    const read = preferences.shape[name].safeParse(reading);
    if (read.success) return read.data;
  }
  return undefined;
}

/** A preference as it would be typed. */
export function preferenceText(value: Preferences[PreferenceName]): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(',');
  // A set of indicators may have any name, also one of these.
  if ('kesPerUsd' in value && 'on' in value && typeof value.kesPerUsd === 'string' && typeof value.on === 'string')
    return `${value.kesPerUsd}@${value.on}`;
  if ('from' in value && 'to' in value && typeof value.from === 'string' && typeof value.to === 'string')
    return `${value.from}-${value.to}`;
  return Object.keys(value).length === 0 ? 'none' : JSON.stringify(value);
}
