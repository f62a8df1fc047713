import { createStore } from 'zustand/vanilla';

export type ThemeChoice = 'system' | 'dark' | 'light';
export type ThemeState = { readonly choice: ThemeChoice; readonly shown: 'dark' | 'light' };

// The one thing this window keeps in the browser's storage.
const KEY = 'mt.theme';
const prefersLight = window.matchMedia('(prefers-color-scheme: light)');

const isChoice = (text: string | null): text is ThemeChoice => text === 'dark' || text === 'light' || text === 'system';

function remembered(): ThemeChoice {
  try {
    const text = localStorage.getItem(KEY);
    return isChoice(text) ? text : 'system';
  } catch {
    // Storage can be switched off; the theme then follows the system.
    return 'system';
  }
}

const resolve = (choice: ThemeChoice): 'dark' | 'light' =>
  choice === 'system' ? (prefersLight.matches ? 'light' : 'dark') : choice;

export const themeStore = createStore<ThemeState>(() => {
  const choice = remembered();
  return { choice, shown: resolve(choice) };
});

const paint = ({ shown }: ThemeState): void => {
  document.documentElement.dataset['theme'] = shown;
};

export function chooseTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // See above: the choice then lasts as long as the window.
  }
  themeStore.setState({ choice, shown: resolve(choice) });
}

/** Paints the theme now and whenever it changes here or in the system. */
export function startTheme(): void {
  paint(themeStore.getState());
  themeStore.subscribe(paint);
  prefersLight.addEventListener('change', () => {
    const { choice } = themeStore.getState();
    themeStore.setState({ choice, shown: resolve(choice) });
  });
}
