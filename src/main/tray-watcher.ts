import { execFile } from 'node:child_process';

/** Who shows tray icons on a desktop of Linux. Without an owner of this name there is no tray, whatever was made. */
const WATCHER = 'org.kde.StatusNotifierWatcher';
const WAIT_MS = 1_500;

type Run = (command: string, args: readonly string[]) => Promise<string>;

const runCommand: Run = (command, args) =>
  new Promise((resolve, reject) => {
    execFile(command, [...args], { timeout: WAIT_MS }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });

/**
 * Whether closing the window may hide it: only where a tray can bring it back. Nobody to ask is no tray. The desktop's own tools are asked,
 * because Electron has no way to.
 */
export async function trayIsShown(
  platform: NodeJS.Platform = process.platform,
  run: Run = runCommand,
): Promise<boolean> {
  if (platform !== 'linux') return true;
  const call = ['--session', '--dest', 'org.freedesktop.DBus'];
  const asked: readonly (readonly [string, readonly string[]])[] = [
    [
      'gdbus',
      [
        'call',
        ...call,
        '--object-path',
        '/org/freedesktop/DBus',
        '--method',
        'org.freedesktop.DBus.NameHasOwner',
        WATCHER,
      ],
    ],
    [
      'dbus-send',
      [
        '--session',
        '--print-reply',
        '--dest=org.freedesktop.DBus',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus.NameHasOwner',
        `string:${WATCHER}`,
      ],
    ],
  ];
  for (const [command, args] of asked) {
    try {
      return /\btrue\b/.test(await run(command, args));
    } catch {
      // The tool is not there, or there is no session to ask; the next one may do.
    }
  }
  return false;
}
