import { app, dialog } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { killFromOutside } from './kill-from-outside.ts';
import type { TrayActions } from './tray-menu.ts';

const STOP = 0;
const CANCEL = 1;

export type ActionOptions = {
  readonly client: AppClient;
  readonly runDir: string;
  readonly openWindow: (link?: string) => void;
};

const told =
  (title: string) =>
  (error: unknown): void =>
    dialog.showErrorBox(title, error instanceof Error ? error.message : String(error));

/** The kill switch by a key or another way that nobody presses by accident: it asks nobody. */
export const killAtOnce = ({ client, runDir }: ActionOptions, from: string): void =>
  void killFromOutside(client, runDir, from).catch(told('The kill switch failed'));

/** What the menus of tray and application do. None of them needs the window, and what reduces risk works while the program is locked. */
export function trayActions(options: ActionOptions): Omit<TrayActions, 'hotkey'> {
  const { client, openWindow } = options;
  const reason = 'from the tray';
  return {
    spawn() {
      openWindow();
      client.invoke('cycle.start', { trigger: 'tray' }).catch(told('No agent was spawned'));
    },
    openWindow,
    kill: () => void confirmedKill(options),
    haltEntries: () => void client.invoke('engine.halt', { reason }).catch(told('Nothing was halted')),
    pause: (agent) =>
      void client.invoke('agents.pause', { agent, reason, by: 'tray' }).catch(told(`${agent} was not paused`)),
    retire: (agent) => void client.invoke('agents.retire', { agent, reason }).catch(told(`${agent} was not stopped`)),
    release: (agent) =>
      void client.invoke('agents.release', { agent, reason }).catch(told(`${agent} was not released`)),
    lowerMode: (mode) => void client.invoke('mode.set', { mode, by: 'tray' }).catch(told('The mode was not changed')),
    lock: () => void client.invoke('vault.lock', {}).catch(told('The program is not locked')),
    quit: () => app.quit(),
  };
}

/** A slip in a menu must not sell everything: one question, from the desktop itself, so that it comes with no window and while locked. */
async function confirmedKill(options: ActionOptions): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Master Trader',
    message: 'Stop and flatten everything?',
    detail:
      'Every order is canceled, what is held is sold at the price of the moment, and trading stays halted until you resume it.',
    buttons: ['Flatten and halt', 'Cancel'],
    defaultId: CANCEL,
    cancelId: CANCEL,
    noLink: true,
  });
  if (response === STOP) killAtOnce(options, 'from the tray');
}
