import { dialog } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { type Spoken, wordsOf } from './spoken.ts';
import { trayIsShown } from './tray-watcher.ts';

/** The part of a window that closing it needs. */
export type Closable = { hide(): void; minimize(): void };

/** Trading goes on without the window. Where no tray could bring it back it stays in the task bar; the first time this is said. */
export async function closeToTray(
  window: Closable,
  client: AppClient,
  spoken: Spoken,
  shown: () => Promise<boolean> = trayIsShown,
): Promise<void> {
  const tray = await shown();
  if (tray) window.hide();
  else window.minimize();
  // While the faces are locked nobody's preferences can be read; then it is said another time.
  const preferences = await client.invoke('preferences.get', {}).catch(() => null);
  if (preferences === null || preferences.closeToTrayExplained) return;
  await client.invoke('preferences.set', { changes: { closeToTrayExplained: true } });
  const { t } = await wordsOf(spoken);
  await dialog.showMessageBox({
    type: 'info',
    title: t('desktop.product'),
    message: t('desktop.closing.title'),
    detail: t(tray ? 'desktop.closing.hidden' : 'desktop.closing.minimised'),
    buttons: [t('desktop.closing.understood')],
    noLink: true,
  });
}
