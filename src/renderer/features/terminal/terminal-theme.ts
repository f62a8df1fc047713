import type { ITheme } from '@xterm/xterm';

/** The colours of the theme as it is now: a terminal draws on a canvas, which knows no style sheet. */
export function terminalTheme(): ITheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => {
    const value = style.getPropertyValue(`--mt-${name}`).trim();
    if (value === '') throw new Error(`the theme has no --mt-${name}`);
    return value;
  };
  return {
    background: token('bg0'),
    foreground: token('text'),
    cursor: token('accent'),
    cursorAccent: token('bg0'),
    selectionBackground: token('bg3'),
    red: token('down'),
    green: token('up'),
    yellow: token('warn'),
    blue: token('accent'),
    magenta: token('sim'),
    cyan: token('accent'),
    brightBlack: token('faint'),
    brightRed: token('danger'),
  };
}
