import { app, type BrowserWindow, Menu, nativeImage } from 'electron';
import type { TrayActions, TrayView } from './tray-menu.ts';
import { label, type Words } from './words.ts';

/** Command-line words by which a task of the jump list reaches the program that runs already. */
export const SHOW_ALERTS = '--show-alerts';

export type DesktopBadge = {
  show(view: TrayView): void;
  /** Says its words anew: the master chose another language. */
  reword(): void;
};

/**
 * What the desktop has beside the tray: the count of approvals on the icon (dock, Unity, an overlay on Windows), the dock's menu and the jump
 * list. Each platform has some of them; where there is none nothing is lost.
 */
export function createDesktopBadge(
  actions: TrayActions,
  words: () => Words,
  iconPath: (name: string) => string,
  window: () => BrowserWindow | undefined,
): DesktopBadge {
  const nameDoors = (): void => {
    const { t } = words();
    if (process.platform === 'darwin')
      app.dock?.setMenu(
        Menu.buildFromTemplate([
          { label: label(t('desktop.do.spawn')), click: actions.spawn },
          { label: t('desktop.do.alerts'), click: () => actions.openWindow('/alerts') },
          { label: label(t('desktop.do.kill')), click: actions.kill },
        ]),
      );
    if (process.platform === 'win32')
      app.setUserTasks([
        {
          program: process.execPath,
          arguments: SHOW_ALERTS,
          iconPath: process.execPath,
          iconIndex: 0,
          title: t('desktop.do.alerts'),
          description: t('desktop.do.alertsNote'),
        },
      ]);
  };
  let counted = 0;
  const count = (approvals: number): void => {
    counted = approvals;
    if (process.platform !== 'win32') {
      app.setBadgeCount(approvals);
      return;
    }
    const icon = approvals === 0 ? null : nativeImage.createFromPath(iconPath('tray-approval.png'));
    window()?.setOverlayIcon(icon, approvals === 0 ? '' : words().t('desktop.tray.approvals', { count: approvals }));
  };
  nameDoors();
  return {
    show({ approvals: { length: approvals } }) {
      if (approvals !== counted) count(approvals);
    },
    reword() {
      nameDoors();
      if (counted > 0) count(counted);
    },
  };
}
