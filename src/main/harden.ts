import { app, type Session, session } from 'electron';
import { openExternal } from './open-external.ts';
import { isOwnAddress, mayLoad, START_ADDRESS } from './own-address.ts';
import { grants } from './permissions.ts';
import { saveFiles } from './save-files.ts';
import type { Spoken } from './spoken.ts';
import { unsafeSwitch } from './unsafe-switches.ts';

/** An in-memory session: no cookie, cache or storage of the page reaches the disk. All permissions are denied but a copy to the clipboard. */
export function createSession(spoken: Spoken): Session {
  const own = session.fromPartition('mt');
  own.setPermissionRequestHandler((_contents, permission, answer) => answer(grants(permission)));
  own.setPermissionCheckHandler((_contents, permission) => grants(permission));
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  // The page may load only itself; a request to anywhere else is cancelled, whatever asked for it.
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url) }));
  saveFiles(own, spoken);
  return own;
}

/** No page may navigate away, open a window or attach a webview. Applies to every web contents there will ever be. */
export function denyNavigation(spoken: Spoken): void {
  app.on('web-contents-created', (_event, contents) => {
    // What asks for a window may be offered in the master's own browser; a window of ours it never gets.
    contents.setWindowOpenHandler(({ url }) => {
      void openExternal(url, spoken);
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
      contents.on(name as 'will-navigate', (event) => {
        if (!isOwnAddress(event.url)) event.preventDefault();
      });
    }
    // A page may empty itself: of about:blank and about:srcdoc Electron announces nothing that could be prevented. Then it is shown again.
    const bringBack = (url: string): void => {
      if (!mayLoad(url)) contents.loadURL(START_ADDRESS).catch(() => undefined);
    };
    contents.on('did-navigate', (_happened, url) => bringBack(url));
    contents.on('did-fail-load', (_failed, _code, _why, url, isMainFrame) => {
      if (isMainFrame) bringBack(url);
    });
  });
}

/** Ends a packaged build that was started with a switch that takes protection away. Answers whether it did. */
export function refuseUnsafeSwitches(): boolean {
  const found = app.isPackaged ? unsafeSwitch((name) => app.commandLine.hasSwitch(name)) : undefined;
  if (found === undefined) return false;
  console.error(`Master Trader: refuses to start with --${found}.\n  Remedy: start it without that switch.`);
  app.exit(2);
  return true;
}
