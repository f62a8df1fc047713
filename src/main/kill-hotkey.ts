/** The part of Electron's globalShortcut that is needed. */
export type Shortcuts = {
  register(accelerator: string, callback: () => void): boolean;
  unregister(accelerator: string): void;
};

/** What the master is told about the hotkey. */
export type KillHotkey = {
  readonly accelerator: string;
  /** Null while it works; otherwise why it does not. Everything that it does can be done otherwise. */
  readonly problem: string | null;
  readonly release: () => void;
};

export const DEFAULT_KILL_HOTKEY = 'CommandOrControl+Alt+Shift+K';
const OFF = 'off';

/**
 * Takes a key combination of the whole desktop for the kill switch, so that it works without the window. `chosen` is the master's setting
 * (`MT_KILL_HOTKEY`): another combination in Electron's words, or `off`. One that another program has, or that is none, is left alone.
 */
export function takeKillHotkey(shortcuts: Shortcuts, chosen: string | undefined, onKill: () => void): KillHotkey {
  const accelerator = chosen === undefined || chosen.trim() === '' ? DEFAULT_KILL_HOTKEY : chosen.trim();
  const without = (problem: string): KillHotkey => ({ accelerator, problem, release: () => undefined });
  if (accelerator.toLowerCase() === OFF) return without('the kill hotkey is switched off');
  try {
    if (!shortcuts.register(accelerator, onKill))
      return without(`${accelerator} belongs to another program; choose one with MT_KILL_HOTKEY`);
  } catch {
    return without(
      `${accelerator} is no key combination; choose one with MT_KILL_HOTKEY, for instance ${DEFAULT_KILL_HOTKEY}`,
    );
  }
  return { accelerator, problem: null, release: () => shortcuts.unregister(accelerator) };
}
