import { Menu, nativeImage, Tray } from 'electron';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { type EngineStatus, isSealed, type SealedStatus } from '#shared/contract/engine.ts';
import { type TrayActions, trayMenu, trayTooltip } from './tray-menu.ts';

/** State by shape, never by colour alone: ring = idle, ring with a dot = agents running, octagon = halted. */
const iconName = (status: EngineStatus | SealedStatus): string =>
  status.tradingState === 'halted'
    ? 'tray-halted.png'
    : !isSealed(status) && status.agentsRunning > 0
      ? 'tray-running.png'
      : 'tray-idle.png';

export type TrayOptions = {
  readonly client: AppClient;
  readonly iconPath: (name: string) => string;
  readonly actions: TrayActions;
};

/** The tray is a second door to the same contract; it holds no state of its own. Returns the undo. */
export async function createTray({ client, iconPath, actions }: TrayOptions): Promise<() => void> {
  const first = await client.invoke('engine.status', {});
  const tray = new Tray(nativeImage.createFromPath(iconPath(iconName(first))));
  let shown = '';
  const show = async (status: EngineStatus | SealedStatus): Promise<void> => {
    const agents = isSealed(status) ? [] : await client.invoke('agents.list', { limit: 20 });
    tray.setToolTip(trayTooltip(status));
    const template = trayMenu(status, agents, actions);
    const key = JSON.stringify(template);
    // Some desktops close an open menu when it is set again, so only a changed one is set.
    if (key === shown) return;
    shown = key;
    tray.setImage(nativeImage.createFromPath(iconPath(iconName(status))));
    tray.setContextMenu(Menu.buildFromTemplate(template));
  };
  await show(first);
  const undo = [
    client.on('engine.changed', (status) => {
      show(status).catch(() => undefined);
    }),
    // Locked and sealed engines say nothing else.
    client.on('vault.changed', () => {
      client
        .invoke('engine.status', {})
        .then(show)
        .catch(() => undefined);
    }),
  ];
  tray.on('click', () => actions.openWindow());
  return () => {
    for (const off of undo) off();
    tray.destroy();
  };
}
