import { dialog } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { trayIsShown } from './tray-watcher.ts';

/** The part of a window that closing it needs. */
export type Closable = { hide(): void; minimize(): void };

export const HIDDEN =
  'The window is hidden, and everything goes on. The icon of the tray brings it back, and ends the program.';
export const MINIMISED =
  'This desktop shows no tray icon, so the window is minimised and not hidden. Everything goes on; Quit in the menu ends the program.';

/** Trading goes on without the window. Where no tray could bring it back it stays in the task bar; the first time this is said. */
export async function closeToTray(
  window: Closable,
  client: AppClient,
  shown: () => Promise<boolean> = trayIsShown,
): Promise<void> {
  const tray = await shown();
  if (tray) window.hide();
  else window.minimize();
  // While the faces are locked nobody's preferences can be read; then it is said another time.
  const preferences = await client.invoke('preferences.get', {}).catch(() => null);
  if (preferences === null || preferences.closeToTrayExplained) return;
  await client.invoke('preferences.set', { changes: { closeToTrayExplained: true } });
  await dialog.showMessageBox({
    type: 'info',
    title: 'Master Trader',
    message: 'The engine goes on',
    detail: tray ? HIDDEN : MINIMISED,
    buttons: ['Understood'],
    noLink: true,
  });
}
