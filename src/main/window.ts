import { BrowserWindow, nativeTheme, type Session } from 'electron';
import { withScreen } from './deep-link.ts';
import { START_ADDRESS } from './own-address.ts';
import { secureWebPreferences } from './secure-web-preferences.ts';

export type WindowOptions = { readonly session: Session; readonly preload: string };

/** The one factory of windows: sandboxed, isolated, without Node, hidden until painted. */
export function createWindow({ session, preload }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 680,
    show: false,
    title: 'Master Trader',
    backgroundColor: '#0B0F14',
    autoHideMenuBar: true,
    webPreferences: secureWebPreferences({ session, preload }),
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Shows the page. `shapes` tells it that the system asks not to tell things apart by colour alone. */
export const loadApp = (window: BrowserWindow): Promise<void> =>
  window.loadURL(nativeTheme.shouldDifferentiateWithoutColor ? `${START_ADDRESS}?shapes` : START_ADDRESS);

/** Goes to a screen of the page that is shown, without loading the page anew. */
export async function showScreen(window: BrowserWindow, link: string): Promise<void> {
  const address = window.webContents.getURL();
  // Before its first page a window has no address, and begins where it begins.
  if (address.startsWith(START_ADDRESS)) await window.loadURL(withScreen(address, link));
}
