import { app, type BrowserWindow, Menu, nativeImage } from 'electron';
import type { TrayActions, TrayView } from './tray-menu.ts';

/** Command-line words by which a task of the jump list reaches the program that runs already. */
export const SHOW_ALERTS = '--show-alerts';

export type DesktopBadge = { show(view: TrayView): void };

/**
 * What the desktop has beside the tray: the count of approvals on the icon (dock, Unity, an overlay on Windows), the dock's menu and the jump
 * list. Each platform has some of them; where there is none nothing is lost.
 */
export function createDesktopBadge(
  actions: TrayActions,
  iconPath: (name: string) => string,
  window: () => BrowserWindow | undefined,
): DesktopBadge {
  if (process.platform === 'darwin')
    app.dock?.setMenu(
      Menu.buildFromTemplate([
        { label: 'Analyse && spawn agent', click: actions.spawn },
        { label: 'Alerts', click: () => actions.openWindow('/alerts') },
        { label: 'Emergency: flatten && halt…', click: actions.kill },
      ]),
    );
  if (process.platform === 'win32')
    app.setUserTasks([
      {
        program: process.execPath,
        arguments: SHOW_ALERTS,
        iconPath: process.execPath,
        iconIndex: 0,
        title: 'Alerts',
        description: 'Open the Alert centre',
      },
    ]);
  let counted = 0;
  return {
    show({ approvals: { length: approvals } }) {
      if (approvals === counted) return;
      counted = approvals;
      if (process.platform !== 'win32') {
        app.setBadgeCount(approvals);
        return;
      }
      const icon = approvals === 0 ? null : nativeImage.createFromPath(iconPath('tray-approval.png'));
      window()?.setOverlayIcon(icon, approvals === 0 ? '' : `${approvals} approvals`);
    },
  };
}
