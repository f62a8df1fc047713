import { createStore } from 'zustand/vanilla';
import type { PALETTES, Preferences } from '#shared/contract/preferences.ts';
import { preferenceStore } from './preferences.ts';

export type ThemeChoice = Preferences['theme'];
export type ThemeState = {
  readonly choice: ThemeChoice;
  readonly shown: 'dark' | 'light';
  readonly palette: (typeof PALETTES)[number];
  readonly density: Preferences['density'];
  /** Nothing moves, whatever the system says. */
  readonly still: boolean;
};

const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'dark', dark: 'light', light: 'system' };
/** The theme after this one, in the order a switch goes through them. */
export const nextTheme = (choice: ThemeChoice): ThemeChoice => NEXT[choice];

const prefersLight = window.matchMedia('(prefers-color-scheme: light)');
/** The desktop window is opened with this word when the system asks not to tell things apart by colour alone; a page cannot ask for it. */
const byShape = new URLSearchParams(location.search).has('shapes');

const resolve = ({ theme, palette, density, reduceMotion }: Preferences): ThemeState => ({
  choice: theme,
  shown: theme === 'system' ? (prefersLight.matches ? 'light' : 'dark') : theme,
  palette: palette === 'auto' ? (byShape ? 'blue-orange' : 'teal-coral') : palette,
  density,
  still: reduceMotion === 'on',
});

/** How the window is painted; charts listen, because a canvas knows no style sheet. */
export const themeStore = createStore<ThemeState>(() => resolve(preferenceStore.getState()));

const paint = ({ shown, palette, density, still }: ThemeState): void => {
  const { dataset } = document.documentElement;
  dataset['theme'] = shown;
  dataset['palette'] = palette;
  dataset['density'] = density;
  dataset['motion'] = still ? 'still' : 'system';
};

/** Paints now and whenever a preference or the system changes. */
export function startTheme(): void {
  paint(themeStore.getState());
  themeStore.subscribe(paint);
  const again = (): void => themeStore.setState(resolve(preferenceStore.getState()), true);
  preferenceStore.subscribe(again);
  prefersLight.addEventListener('change', again);
}
