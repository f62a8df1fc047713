import { homedir } from 'node:os';
import { app } from 'electron';
import type { Logger } from '#core/ports/logger.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '#shared/contract/preferences.ts';
import { autostartFolder, setAutostartEntry } from './start-at-login.ts';

/**
 * What of the master's preferences the desktop has to know, kept up to date. While the faces are locked nobody tells them, and those that
 * were known last hold; before the first unlock the defaults, which hide amounts.
 */
export function followPreferences(
  client: AppClient,
  logger: Logger,
  home: string,
  onChange: (preferences: Preferences) => void,
): { get(): Preferences; stop(): void } {
  let current = DEFAULT_PREFERENCES;
  let known = false;
  const take = (next: Preferences): void => {
    const before = known ? current.startAtLogin : undefined;
    current = next;
    known = true;
    onChange(next);
    if (next.startAtLogin !== before) setStartAtLogin(next.startAtLogin, home, logger);
  };
  const ask = (): void =>
    void client
      .invoke('preferences.get', {})
      .then(take)
      .catch(() => undefined);
  const undo = [client.on('preferences.changed', take), client.on('vault.changed', ask)];
  ask();
  return {
    get: () => current,
    stop() {
      for (const off of undo) off();
    },
  };
}

/** A program that runs from its sources is not one that a desktop can start, so there it is left alone. */
function setStartAtLogin(on: boolean, home: string, logger: Logger): void {
  if (!app.isPackaged) {
    if (on) logger.warn('only an installed program starts at login');
    return;
  }
  try {
    if (process.platform === 'linux') {
      const program = process.env['APPIMAGE'] ?? process.execPath;
      setAutostartEntry(autostartFolder(process.env, homedir()), on, [program, '--home', home]);
    } else app.setLoginItemSettings({ openAtLogin: on, args: ['--home', home] });
  } catch (error) {
    logger.error('whether the program starts at login could not be set', error);
  }
}
