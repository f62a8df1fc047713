import { BrowserWindow, type Session } from 'electron';
import type { Logger } from '#core/ports/logger.ts';
import { createDeferred } from '#host/deferred.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { closeToTray } from './close-window.ts';
import { registerIpc } from './register-ipc.ts';
import { type Serve, serveLater } from './serve-later.ts';
import type { Spoken } from './spoken.ts';
import { createWindow, loadApp, showScreen } from './window.ts';

/** The program's windows, of which there is one at a time. It is opened before there is an engine, so that its page is read meanwhile. */
export type Windows = {
  /** Brings the window to the front, on a screen of its page if one is named. */
  open(link?: string): void;
  /** From now on pages are answered, and closing a window leaves the program running. */
  serve(client: AppClient, serve: Serve): void;
  /** Windows may close again: the program ends. */
  release(): void;
};

type Options = {
  readonly session: Session;
  readonly preload: string;
  readonly logger: Logger;
  readonly spoken: Spoken;
};

export function createWindows({ session, preload, logger, spoken }: Options): Windows {
  const served = createDeferred<Serve>();
  /** None before there is an engine and after the end: then nothing goes on without the window. */
  let owner: AppClient | undefined;

  const make = (): BrowserWindow => {
    const window = createWindow({ session, preload });
    registerIpc({
      webContents: window.webContents,
      serve: serveLater(served.promise),
      onStranger: () => logger.warn('a message that was not from our page was dropped'),
    });
    window.on('close', (event) => {
      if (owner === undefined) return;
      event.preventDefault();
      void closeToTray(window, owner, spoken).catch((error: unknown) =>
        logger.error('the window was not closed', error),
      );
    });
    void loadApp(window);
    return window;
  };

  return {
    open(link) {
      const existing = BrowserWindow.getAllWindows()[0];
      const window = existing ?? make();
      if (window.isMinimized()) window.restore();
      // A new one shows itself when it is painted.
      if (existing !== undefined) window.show();
      window.focus();
      if (link !== undefined)
        void showScreen(window, link).catch((error: unknown) => logger.error('no such screen', error));
    },
    serve(client, serve) {
      owner = client;
      served.resolve(serve);
    },
    release() {
      owner = undefined;
    },
  };
}
