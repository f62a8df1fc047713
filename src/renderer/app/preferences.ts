import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import {
  DEFAULT_PREFERENCES,
  type PreferenceName,
  type Preferences,
  preferences,
} from '#shared/contract/preferences.ts';

// The one thing this window keeps in the browser's storage: how it looks and speaks, for the moments when no engine answers or its vault is shut.
const KEY = 'mt.look';
const LOOK = ['language', 'region', 'timeZone', 'theme', 'palette', 'density', 'reduceMotion'] as const;
const look = preferences.pick({
  language: true,
  region: true,
  timeZone: true,
  theme: true,
  palette: true,
  density: true,
  reduceMotion: true,
});
export type Look = Pick<Preferences, (typeof LOOK)[number]>;

export const lookOf = (from: Look): Look => ({
  language: from.language,
  region: from.region,
  timeZone: from.timeZone,
  theme: from.theme,
  palette: from.palette,
  density: from.density,
  reduceMotion: from.reduceMotion,
});

function remembered(): Look {
  try {
    const read = look.partial().safeParse(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
    return { ...lookOf(DEFAULT_PREFERENCES), ...(read.success ? (read.data as Partial<Look>) : {}) };
  } catch {
    // Storage can be switched off, or hold what something else wrote; the window then looks as the system does.
    return lookOf(DEFAULT_PREFERENCES);
  }
}

function remember(now: Look): void {
  const changed = Object.fromEntries(
    LOOK.filter((name) => now[name] !== DEFAULT_PREFERENCES[name]).map((name) => [name, now[name]]),
  );
  try {
    if (Object.keys(changed).length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(changed));
  } catch {
    // See above: the look then lasts as long as the window.
  }
}

/** What the master prefers, as far as this window knows: what the engine said last, before that how the window looked last. */
export const preferenceStore = createStore<Preferences>(() => ({ ...DEFAULT_PREFERENCES, ...remembered() }));

export function takePreferences(now: Preferences): void {
  remember(now);
  preferenceStore.setState(now, true);
}

export const usePreference = <Name extends PreferenceName>(name: Name): Preferences[Name] =>
  useStore(preferenceStore, (state) => state[name]);
