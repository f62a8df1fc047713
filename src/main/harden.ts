import { app, type Session, session } from 'electron';
import { APP_ORIGIN } from './electron-host.ts';

const isOwnPage = (url: string): boolean => {
  try {
    const parsed = new URL(url);
    return `${parsed.protocol}//${parsed.host}` === APP_ORIGIN;
  } catch {
    return false;
  }
};

/** An in-memory session: no cookie, cache or storage of the page reaches the disk. All permissions are denied. */
export function createSession(): Session {
  const own = session.fromPartition('mt');
  own.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  own.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  // The page may load only itself; a request to anywhere else is cancelled, whatever asked for it.
  own.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !(isOwnPage(details.url) || details.url.startsWith('devtools:')) });
  });
  return own;
}

/** No page may navigate away, open a window or attach a webview. Applies to every web contents there will ever be. */
export function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
      contents.on(name as 'will-navigate', (event) => {
        if (!isOwnPage(event.url)) event.preventDefault();
      });
    }
  });
}

/** Switches that would take the protection away; a packaged build ends at once when one is given. */
const UNSAFE_SWITCHES = [
  'no-sandbox',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'disable-web-security',
  'load-extension',
  'js-flags',
];

export function refuseUnsafeSwitches(): void {
  const found = UNSAFE_SWITCHES.find((name) => app.commandLine.hasSwitch(name));
  if (!app.isPackaged || found === undefined) return;
  console.error(`Master Trader: refuses to start with --${found}.\n  Remedy: start it without that switch.`);
  app.exit(2);
}
