import { BrowserWindow, type Session } from 'electron';
import { APP_ORIGIN } from './electron-host.ts';

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
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Shows the page; the only address the product ever opens. */
export const loadApp = (window: BrowserWindow): Promise<void> => window.loadURL(`${APP_ORIGIN}/index.html`);
