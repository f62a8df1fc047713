import { Menu, nativeImage, Tray } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { type EngineStatus, isSealed, type SealedStatus } from '#shared/contract/engine.ts';
import { type TrayActions, type TrayView, trayMenu, trayTooltip } from './tray-menu.ts';
import { trayIcon, trayState } from './tray-state.ts';
import type { Words } from './words.ts';

export type TrayOptions = {
  readonly client: AppClient;
  readonly iconPath: (name: string) => string;
  readonly actions: TrayActions;
  /** Those of the moment: the master may choose another language. */
  readonly words: () => Words;
  /** Told whenever what the tray shows may have changed, for whatever else of the desktop shows it. */
  readonly onView?: (view: TrayView) => void;
};

export type ShownTray = {
  /** Asks and shows everything anew. */
  readonly look: () => void;
  readonly destroy: () => void;
};

/** The tray is a second door to the same contract; it holds no state of its own. */
export async function createTray({ client, iconPath, actions, words, onView }: TrayOptions): Promise<ShownTray> {
  const viewOf = async (status: EngineStatus | SealedStatus): Promise<TrayView> => {
    if (isSealed(status)) return { status, agents: [], approvals: [], mode: null };
    const [agents, { pending }, mode] = await Promise.all([
      client.invoke('agents.list', { limit: 20 }),
      client.invoke('approvals.list', { limit: 0 }),
      client.invoke('mode.get', {}),
    ]);
    return { status, agents, approvals: pending, mode };
  };
  const imageOf = ({ status, approvals }: TrayView) =>
    nativeImage.createFromPath(iconPath(trayIcon(trayState(status, approvals.length), process.platform)));
  const first = await viewOf(await client.invoke('engine.status', {}));
  const tray = new Tray(imageOf(first));
  let shown = '';
  const show = (view: TrayView): void => {
    onView?.(view);
    tray.setToolTip(trayTooltip(view, words()));
    const template = trayMenu(view, actions, words());
    const key = JSON.stringify([template, trayState(view.status, view.approvals.length)]);
    // Some desktops close an open menu when it is set again, so only a changed one is set.
    if (key === shown) return;
    shown = key;
    tray.setImage(imageOf(view));
    tray.setContextMenu(Menu.buildFromTemplate(template));
  };
  show(first);
  const look = (): void => {
    client
      .invoke('engine.status', {})
      .then(viewOf)
      .then(show)
      .catch(() => undefined);
  };
  const undo = [
    client.on('engine.changed', (status) => {
      viewOf(status)
        .then(show)
        .catch(() => undefined);
    }),
    // Locked and sealed engines say nothing else.
    client.on('vault.changed', look),
    client.on('approvals.changed', look),
  ];
  tray.on('click', () => actions.openWindow());
  return {
    look,
    destroy() {
      for (const off of undo) off();
      tray.destroy();
    },
  };
}
