import type { english } from '../i18n/en/words.ts';

type Screen = keyof typeof english.shell.screens;

/** The letter after `g` that opens each screen. */
const SCREEN_KEYS = {
  command: 'c',
  market: 'm',
  agents: 'a',
  approvals: 'p',
  portfolio: 'o',
  lab: 'l',
  performance: 'f',
  memory: 'e',
  news: 'n',
  models: 'd',
  audit: 'u',
  health: 'h',
  terminal: 't',
  settings: ',',
} as const satisfies Readonly<Record<Screen, string>>;

export type ScreenShortcut = `go.${Screen}`;
export type ShortcutId =
  | ScreenShortcut
  | 'spawn'
  | 'palette'
  | 'cancel'
  | 'kill'
  | 'halt'
  | 'lock'
  | 'mode.full'
  | 'mode.semi'
  | 'mode.manual'
  | 'mode.emergency'
  | 'terminal'
  | 'settings'
  | 'alerts'
  | 'region.next'
  | 'region.previous'
  | 'help';

export type Shortcut = {
  readonly id: ShortcutId;
  /** As `readKeys` writes them: `Ctrl+Shift+X` for keys at once, `g m` for one after the other. Command stands in for Ctrl on macOS. */
  readonly keys: string;
  /** Pressed twice within two seconds. */
  readonly twice?: true;
  /** Its keys are the same on every machine and cannot be changed. */
  readonly fixed?: true;
  /** It can let more risk through, so that no single key may do it. */
  readonly risk?: true;
  /** It acts in the terminal as well, whose program is sent every other key. */
  readonly leavesTerminal?: true;
  /** It is heard before any control hears it. */
  readonly beforeControls?: true;
  /** It waits while a dialog asks something. */
  readonly waitsForDialogs?: true;
};

/** Every key of the window that is no part of a control, in the order of the list: what `?` shows, what acts and what docs/shortcuts.md says. */
export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'spawn', keys: 'Ctrl+Enter', risk: true },
  { id: 'cancel', keys: 'Escape', fixed: true, waitsForDialogs: true },
  { id: 'kill', keys: 'Ctrl+Shift+X', twice: true, fixed: true, leavesTerminal: true },
  { id: 'halt', keys: 'Ctrl+Shift+H' },
  { id: 'lock', keys: 'Ctrl+L' },
  { id: 'mode.full', keys: 'Ctrl+1', risk: true },
  { id: 'mode.semi', keys: 'Ctrl+2', risk: true },
  { id: 'mode.manual', keys: 'Ctrl+3', risk: true },
  { id: 'mode.emergency', keys: 'Ctrl+4', risk: true },
  { id: 'palette', keys: 'Ctrl+K', waitsForDialogs: true },
  { id: 'region.next', keys: 'F6', leavesTerminal: true, beforeControls: true },
  { id: 'region.previous', keys: 'Shift+F6', leavesTerminal: true, beforeControls: true },
  ...Object.entries(SCREEN_KEYS).map(([screen, key]) => ({
    id: `go.${screen}` as ScreenShortcut,
    keys: `g ${key}`,
    waitsForDialogs: true as const,
  })),
  { id: 'terminal', keys: 'Ctrl+`', leavesTerminal: true },
  { id: 'settings', keys: 'Ctrl+,' },
  { id: 'alerts', keys: 'Ctrl+Shift+A' },
  { id: 'help', keys: '?', waitsForDialogs: true },
];
