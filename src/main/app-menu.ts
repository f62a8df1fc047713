import type { MenuItemConstructorOptions } from 'electron';
import type { TrayActions } from './tray-menu.ts';

/** Screens as the rail lists them. */
const SCREENS: readonly (readonly [string, string])[] = [
  ['Command', '/'],
  ['Market', '/market'],
  ['Agents', '/agents'],
  ['Portfolio', '/portfolio'],
  ['Lab', '/lab'],
  ['Performance', '/performance'],
  ['Audit', '/audit'],
  ['Health', '/health'],
];

const separator: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The application's menu: what the tray has, for desktops that show none, the screens, and the usual editing keys. A combination that the page
 * knows too is the page's while it is in front; the menu then only shows it.
 */
export const appMenu = (actions: TrayActions & { readonly updates: () => void }): MenuItemConstructorOptions[] => [
  {
    label: 'Master Trader',
    submenu: [
      { label: 'Settings…', accelerator: 'CommandOrControl+,', click: () => actions.openWindow('/settings') },
      { label: 'Lock now', accelerator: 'CommandOrControl+L', click: actions.lock },
      { label: 'Check for updates…', click: actions.updates },
      separator,
      { label: 'Quit…', accelerator: 'CommandOrControl+Q', click: actions.quit },
    ],
  },
  { role: 'editMenu' },
  {
    label: 'Trading',
    submenu: [
      { label: 'Analyse && spawn agent', accelerator: 'CommandOrControl+Enter', click: actions.spawn },
      separator,
      {
        label: 'Halt new entries',
        accelerator: 'CommandOrControl+Shift+H',
        click: actions.haltEntries,
      },
      { label: 'Emergency: flatten && halt…', click: actions.kill },
    ],
  },
  {
    label: 'Go',
    submenu: [
      ...SCREENS.map(([label, link]) => ({ label, click: () => actions.openWindow(link) })),
      separator,
      { label: 'Alerts', accelerator: 'CommandOrControl+Shift+A', click: () => actions.openWindow('/alerts') },
    ],
  },
  {
    label: 'View',
    submenu: [{ role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }, { role: 'togglefullscreen' }],
  },
  { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
];
