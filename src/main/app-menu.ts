import type { MenuItemConstructorOptions } from 'electron';
import type { TrayActions } from './tray-menu.ts';

/** The application's menu: what the tray has, for desktops that show none, and the usual editing keys. */
export const appMenu = (actions: TrayActions & { readonly updates: () => void }): MenuItemConstructorOptions[] => [
  {
    label: 'Master Trader',
    submenu: [
      { label: 'Emergency: flatten && halt', click: actions.kill },
      { label: 'Check for updates…', click: actions.updates },
      { type: 'separator' },
      { label: 'Quit', accelerator: 'CommandOrControl+Q', click: actions.quit },
    ],
  },
  { role: 'editMenu' },
  {
    label: 'View',
    submenu: [{ role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }, { role: 'togglefullscreen' }],
  },
];
