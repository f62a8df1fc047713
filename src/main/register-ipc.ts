import { ipcMain } from 'electron';
import type { Port } from '#shared/transport/port.ts';
import { hostOnWindow, type WindowContents } from './electron-host.ts';

/**
 * The one place that touches `ipcMain`: serves the contract to a window, and to nobody but the top frame of its own page. No origin of a dev
 * server is ever let in: the product is always driven as it is built. Returns the undo.
 */
export const registerIpc = (options: {
  readonly webContents: WindowContents;
  readonly serve: (port: Port) => () => void;
  /** Told of every message that was not from our page. */
  readonly onStranger?: () => void;
}): (() => void) => hostOnWindow({ ipcMain, ...options });
