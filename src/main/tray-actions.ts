import { app, dialog } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { killFromOutside } from './kill-from-outside.ts';
import type { TrayActions } from './tray-menu.ts';
import { toldIn, type Words } from './words.ts';

const STOP = 0;
const CANCEL = 1;

export type ActionOptions = {
  readonly client: AppClient;
  readonly runDir: string;
  readonly openWindow: (link?: string) => void;
  readonly words: () => Words;
};

/** Says in a dialog what was not done, and why. */
const telling =
  ({ words }: ActionOptions) =>
  (title: (t: Words['t']) => string) =>
  (error: unknown): void =>
    dialog.showErrorBox(title(words().t), toldIn(words(), error));

/** The kill switch by a key or another way that nobody presses by accident: it asks nobody. */
export const killAtOnce = (options: ActionOptions, from: string): void =>
  void killFromOutside(options.client, options.runDir, from).catch(telling(options)((t) => t('desktop.failed.kill')));

/** What the menus of tray and application do. None of them needs the window, and what reduces risk works while the program is locked. */
export function trayActions(options: ActionOptions): Omit<TrayActions, 'hotkey'> {
  const { client, openWindow } = options;
  const told = telling(options);
  const reason = 'from the tray';
  return {
    spawn() {
      openWindow();
      client.invoke('cycle.start', { trigger: 'tray' }).catch(told((t) => t('desktop.failed.spawn')));
    },
    openWindow,
    kill: () => void confirmedKill(options),
    haltEntries: () => void client.invoke('engine.halt', { reason }).catch(told((t) => t('desktop.failed.halt'))),
    pause: (agent) =>
      void client
        .invoke('agents.pause', { agent, reason, by: 'tray' })
        .catch(told((t) => t('desktop.failed.pause', { agent }))),
    retire: (agent) =>
      void client.invoke('agents.retire', { agent, reason }).catch(told((t) => t('desktop.failed.retire', { agent }))),
    release: (agent) =>
      void client
        .invoke('agents.release', { agent, reason })
        .catch(told((t) => t('desktop.failed.release', { agent }))),
    lowerMode: (mode) =>
      void client.invoke('mode.set', { mode, by: 'tray' }).catch(told((t) => t('desktop.failed.mode'))),
    lock: () => void client.invoke('vault.lock', {}).catch(told((t) => t('desktop.failed.lock'))),
    quit: () => app.quit(),
  };
}

/** A slip in a menu must not sell everything: one question, from the desktop itself, so that it comes with no window and while locked. */
async function confirmedKill(options: ActionOptions): Promise<void> {
  const { t } = options.words();
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: t('desktop.product'),
    message: t('desktop.kill.title'),
    detail: t('desktop.kill.detail'),
    buttons: [t('desktop.kill.act'), t('desktop.cancel')],
    defaultId: CANCEL,
    cancelId: CANCEL,
    noLink: true,
  });
  if (response === STOP) killAtOnce(options, 'from the tray');
}
