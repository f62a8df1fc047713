import { z } from 'zod';
import { call, event } from './define.ts';
import { indicatorText } from './market.ts';
import { nothing } from './primitives.ts';
import { REVIEWED_STEPS } from './setup.ts';

/** `07:30`, in the master's time zone. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day such as 07:30');

const isZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    // The only way the platform offers to ask whether it knows a zone.
    return false;
  }
};

/** Shillings for one dollar as a plain decimal above zero. */
const rateText = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'is not a plain number')
  .refine((text) => /[1-9]/.test(text), 'must be above zero');

/** Palettes: which colours stand for up and down, and whether there are any. `auto` is the default one, or the safe one where the system asks not to rely on colour. */
export const PALETTES = ['teal-coral', 'blue-orange', 'red-up', 'mono'] as const;
export const DENSITIES = ['comfortable', 'compact', 'dense'] as const;

/**
 * Which entries of an agent ask for an approval of their own in semi, beside its brief. `live`: with real money, above the threshold of one trade;
 * `large`: any above it, and any that adds to a position; `every`: all of them. From the freest to the strictest.
 */
export const ENTRY_POLICIES = ['live', 'large', 'every'] as const;
export type EntryPolicy = (typeof ENTRY_POLICIES)[number];

/** Drawn at once on one chart. */
export const MOST_INDICATORS = 8;

/** How a screen of the window is divided: pixels of the parts that the master made wider or higher, by their names. The others are as wide as they come. */
const layout = z.strictObject({
  /** Nothing moves by accident: the bars between the parts are gone. */
  locked: z.boolean(),
  sizes: z
    .record(z.string().min(1).max(30), z.int().min(1).max(10_000))
    .refine((sizes) => Object.keys(sizes).length <= 12, 'are more than 12'),
});
export type Layout = z.infer<typeof layout>;

/** What the master prefers, of window and engine alike. Nothing here lets more risk through; limits are elsewhere. */
export const preferences = z.strictObject({
  /** `pseudo` is for translators and tests: it shows what was never translated and what does not fit. */
  language: z.enum(['system', 'en', 'sw', 'pseudo']),
  /** Whose way of writing money: `KE` or `US`. */
  region: z.enum(['system', 'KE', 'US']),
  displayCurrency: z.enum(['USD', 'KES']),
  /** Typed by hand, since nothing fetches a rate; `on` is the day it was true. Without it nothing is converted. */
  kesRate: z
    .strictObject({
      kesPerUsd: rateText,
      on: z.iso.date('is no day of the calendar such as 2026-11-20'),
    })
    .nullable(),
  /** `system`, or a zone by its IANA name. */
  timeZone: z
    .string()
    .max(60)
    .refine((text) => text === 'system' || isZone(text), 'is no time zone that this machine knows'),
  theme: z.enum(['system', 'dark', 'light']),
  palette: z.enum(['auto', ...PALETTES]),
  density: z.enum(DENSITIES),
  reduceMotion: z.enum(['system', 'on']),
  hideAmountsWhenLocked: z.boolean(),
  /** Whether the window has said once that closing it leaves the engine running. */
  closeToTrayExplained: z.boolean(),
  /** Whether the first screen of all was left. */
  welcomed: z.boolean(),
  /** Steps of the set-up that the master has looked at and kept as they are. */
  setupReviewed: z.array(z.enum(REVIEWED_STEPS)).max(REVIEWED_STEPS.length),
  /** Minutes without a hand on the machine before the faces lock; null for never. */
  idleMinutes: z.int().min(1).max(240).nullable(),
  /** Between these only what is critical makes a noise; may span midnight. */
  quietHours: z.strictObject({ from: clock, to: clock }).nullable(),
  startAtLogin: z.boolean(),
  dailySummaryTime: clock.nullable(),
  askEntries: z.enum(ENTRY_POLICIES),
  /** Minutes that an approval waits before it counts as rejected. */
  approvalMinutes: z.int().min(1).max(1_440),
  /** What is drawn over and below the candles, with `volume` and `regime` for what needs no numbers. */
  chartIndicators: z.array(indicatorText).max(MOST_INDICATORS),
  /** The same under names of the master's own. */
  chartSets: z
    .record(z.string().min(1).max(30), z.array(indicatorText).max(MOST_INDICATORS))
    .refine((sets) => Object.keys(sets).length <= 12, 'are more than 12'),
  /** By the name of the screen. */
  layouts: z
    .record(z.string().min(1).max(30), layout)
    .refine((layouts) => Object.keys(layouts).length <= 20, 'are more than 20'),
  /** Keys without Ctrl or Alt, such as `g m`. */
  singleKeyShortcuts: z.boolean(),
  /** Other keys for shortcuts, by the name of what they do. */
  shortcutRemaps: z
    .record(z.string().min(1).max(60), z.string().min(1).max(40))
    .refine((remaps) => Object.keys(remaps).length <= 60, 'are more than 60'),
});
export type Preferences = z.infer<typeof preferences>;
export type PreferenceName = keyof Preferences;

export const preferenceName = z.enum(Object.keys(preferences.shape) as [PreferenceName, ...PreferenceName[]], {
  error: 'is not the name of a preference',
});

/** What holds until the master says otherwise. */
export const DEFAULT_PREFERENCES: Preferences = {
  language: 'system',
  region: 'system',
  displayCurrency: 'USD',
  kesRate: null,
  timeZone: 'system',
  theme: 'system',
  palette: 'auto',
  density: 'compact',
  reduceMotion: 'system',
  hideAmountsWhenLocked: true,
  closeToTrayExplained: false,
  welcomed: false,
  setupReviewed: [],
  idleMinutes: 15,
  quietHours: null,
  startAtLogin: false,
  dailySummaryTime: null,
  askEntries: 'live',
  approvalMinutes: 10,
  chartIndicators: ['volume', 'regime'],
  chartSets: {},
  layouts: {},
  singleKeyShortcuts: true,
  shortcutRemaps: {},
};

export const preferencesContract = {
  'preferences.get': call('view', nothing, preferences),
  /** Recorded before it holds; answers what changed. */
  'preferences.set': call(
    'trade',
    z.strictObject({ changes: preferences.partial() }),
    z.strictObject({ preferences, changed: z.array(preferenceName) }),
  ),
  'preferences.changed': event('view', preferences),
} as const;
