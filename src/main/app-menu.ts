import type { MenuItemConstructorOptions } from 'electron';
import type { TrayActions } from './tray-menu.ts';
import { label, type Words } from './words.ts';

/** Screens as the rail lists them. */
const SCREENS = [
  ['command', '/'],
  ['market', '/market'],
  ['agents', '/agents'],
  ['portfolio', '/portfolio'],
  ['lab', '/lab'],
  ['performance', '/performance'],
  ['audit', '/audit'],
  ['health', '/health'],
] as const;

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The usual keys for text. Electron's own menu of them is in English only. */
const editing = ({ t }: Words): MenuItemConstructorOptions[] => [
  { role: 'undo', label: t('desktop.menu.undo') },
  { role: 'redo', label: t('desktop.menu.redo') },
  separator,
  { role: 'cut', label: t('desktop.menu.cut') },
  { role: 'copy', label: t('desktop.menu.copy') },
  { role: 'paste', label: t('desktop.menu.paste') },
  { role: 'delete', label: t('desktop.menu.delete') },
  { role: 'selectAll', label: t('desktop.menu.selectAll') },
];

/**
 * The application's menu: what the tray has, for desktops that show none, the screens, and the usual editing keys. A combination that the page
 * knows too is the page's while it is in front; the menu then only shows it.
 */
export function appMenu(
  actions: TrayActions & { readonly updates: () => void },
  words: Words,
): MenuItemConstructorOptions[] {
  const { t } = words;
  return [
    {
      label: t('desktop.product'),
      submenu: [
        {
          label: t('desktop.menu.settings'),
          accelerator: 'CommandOrControl+,',
          click: () => actions.openWindow('/settings'),
        },
        { label: t('desktop.do.lock'), accelerator: 'CommandOrControl+L', click: actions.lock },
        { label: t('desktop.menu.updates'), click: actions.updates },
        separator,
        { label: t('desktop.do.quit'), accelerator: 'CommandOrControl+Q', click: actions.quit },
      ],
    },
    { label: t('desktop.menu.edit'), submenu: editing(words) },
    {
      label: t('desktop.menu.trading'),
      submenu: [
        { label: label(t('desktop.do.spawn')), accelerator: 'CommandOrControl+Enter', click: actions.spawn },
        separator,
        { label: t('desktop.do.halt'), accelerator: 'CommandOrControl+Shift+H', click: actions.haltEntries },
        { label: label(t('desktop.do.kill')), click: actions.kill },
      ],
    },
    {
      label: t('desktop.menu.go'),
      submenu: [
        ...SCREENS.map(([screen, link]) => ({
          label: t(`shell.screens.${screen}`),
          click: () => actions.openWindow(link),
        })),
        separator,
        {
          label: t('desktop.do.alerts'),
          accelerator: 'CommandOrControl+Shift+A',
          click: () => actions.openWindow('/alerts'),
        },
      ],
    },
    {
      label: t('desktop.menu.view'),
      submenu: [
        { role: 'zoomIn', label: t('desktop.menu.zoomIn') },
        { role: 'zoomOut', label: t('desktop.menu.zoomOut') },
        { role: 'resetZoom', label: t('desktop.menu.actualSize') },
        { role: 'togglefullscreen', label: t('desktop.menu.fullScreen') },
      ],
    },
    {
      label: t('desktop.menu.window'),
      submenu: [
        { role: 'minimize', label: t('desktop.menu.minimise') },
        { role: 'close', label: t('desktop.menu.close') },
      ],
    },
  ];
}
