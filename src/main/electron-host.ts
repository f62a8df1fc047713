import type { Port } from '#shared/transport/port.ts';
import { createListeners } from '#shared/transport/ports.ts';

/** The two channels of the preload script; nothing else of IPC is used for the contract. */
export const UP_CHANNEL = 'mt:up';
export const DOWN_CHANNEL = 'mt:down';
export const APP_ORIGIN = 'app://master-trader';

/** The part of Electron's IpcMainEvent that says who is speaking. */
export type SenderEvent = {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
};
export type IpcSource = {
  on(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => void): unknown;
  removeListener(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => void): unknown;
};
export type WindowContents = {
  readonly id: number;
  isDestroyed(): boolean;
  send(channel: string, frame: unknown): void;
  once(event: 'destroyed', listener: () => void): unknown;
};

/**
 * Whether a message comes from our own page: our window, its top frame, and exactly its origin. Fails closed: a frame that is
 * gone (null, or one that throws when touched), an empty origin and about:blank (whose origin is "null") are strangers.
 */
export const isOwnPage = (event: SenderEvent, windowId: number, origins: readonly string[]): boolean => {
  try {
    const frame = event.senderFrame;
    return event.sender.id === windowId && frame !== null && frame.parent === null && origins.includes(frame.origin);
  } catch {
    return false;
  }
};

/**
 * Serves the contract to one window. `devOrigin` is the dev server's page and is handed in by the caller, who must not pass one in
 * a packaged build. Returns the undo; the window's end undoes it too.
 */
export const hostOnWindow = (options: {
  readonly ipcMain: IpcSource;
  readonly webContents: WindowContents;
  readonly serve: (port: Port) => () => void;
  readonly devOrigin?: string;
  /** Told of every message that was not from our page. */
  readonly onStranger?: () => void;
}): (() => void) => {
  const { ipcMain, webContents, devOrigin } = options;
  const windowId = webContents.id;
  const origins = devOrigin === undefined ? [APP_ORIGIN] : [APP_ORIGIN, devOrigin];
  const frames = createListeners<unknown>();
  const closings = createListeners<void>();
  let open = true;

  const hear = (event: SenderEvent, ...args: unknown[]): void => {
    // Other windows share the channel: what they say is theirs, not a forgery.
    if (isOwnPage(event, windowId, origins) && args.length === 1) frames.emit(args[0]);
    else if (event.sender.id === windowId) options.onStranger?.();
  };
  const close = (): void => {
    if (!open) return;
    open = false;
    ipcMain.removeListener(UP_CHANNEL, hear);
    closings.emit();
  };

  ipcMain.on(UP_CHANNEL, hear);
  webContents.once('destroyed', close);
  return options.serve({
    send(frame) {
      if (open && !webContents.isDestroyed()) webContents.send(DOWN_CHANNEL, frame);
    },
    onFrame: (listener) => frames.add(listener),
    onClose: (listener) => closings.add(() => listener()),
    close,
  });
};
