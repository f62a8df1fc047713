import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { app, dialog, Menu } from 'electron';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { Fault } from '#core/kernel/fault.ts';
import { forbidCoreDumps } from '#host/core-dumps.ts';
import { resolveHome } from '#host/home-folder.ts';
import { readPageFiles } from '#host/page-files.ts';
import { registerAppScheme, serveApp } from './app-scheme.ts';
import { createSession, denyNavigation } from './harden.ts';
import { createSpoken, wordsOf } from './spoken.ts';
import { createWindows } from './windows.ts';

// Everything that has to stand before the first window, and the window itself. The engine and all that hangs on it, `desktop.ts`, is read while
// Electron gets ready, and opened once the page has its scripts.

const bundle = import.meta.dirname;

/** `--home DIR` of our own command line; Chromium's switches pass by. */
function homeFlag(): string | undefined {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { home: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  return typeof values.home === 'string' ? values.home : undefined;
}

const home = resolveHome({
  flag: homeFlag(),
  env: process.env,
  platform: process.platform,
  homedir: homedir(),
  cwd: process.cwd(),
});

// A crash must not write keys to the disk. Nothing here starts Electron's crash reporter either; a test holds it to that.
forbidCoreDumps();
// Every renderer runs sandboxed. Only a test launcher that must run as root switches that off, and never a packaged build.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();
// Electron's own menu would be made first and thrown away.
Menu.setApplicationMenu(null);
const spoken = createSpoken(() => app.getLocale());
denyNavigation(spoken);
app.setName('Master Trader');
// Under this name Windows shows notifications and keeps the jump list.
app.setAppUserModelId('MasterTrader.MasterTrader');
// Chromium's own files stay inside the data folder; the page's session itself lives in memory only.
app.setPath('userData', join(home, 'run', 'chromium'));

/** Says why there can be no engine, in a dialog and on the terminal, and ends. */
async function refuseToStart(error: unknown): Promise<void> {
  const [message, remedy] =
    error instanceof Fault
      ? [error.message, error.remedy]
      : ['The engine could not be started.', error instanceof Error ? error.message : String(error)];
  console.error(`Master Trader: ${message}\n  Remedy: ${remedy}`);
  try {
    const { t, said } = await wordsOf(spoken);
    dialog.showErrorBox(t('desktop.failed.start'), `${said(message)}\n\n${said(remedy)}`);
  } finally {
    app.exit(1);
  }
}

/** Longest that the engine waits for the page to be handed out; every byte of it passes through this process. */
const PAGE_FIRST_MS = 1_000;

async function start(reading: Promise<typeof import('./desktop.ts')>): Promise<void> {
  const logger = createRingLogger({ verbose: process.env['MT_VERBOSE'] === '1' });
  const session = createSession(spoken);
  const handedOut = serveApp(session, readPageFiles(join(bundle, '../renderer')));
  const windows = createWindows({ session, preload: join(bundle, '../preload/index.cjs'), logger, spoken });
  windows.open();
  await Promise.race([handedOut, sleep(PAGE_FIRST_MS)]);
  const { runDesktop } = await reading;
  await runDesktop({ home, bundle, logger, windows, spoken });
}

if (!app.requestSingleInstanceLock()) app.exit(0);
else {
  const reading = import('./desktop.ts');
  // Where it cannot be read, `start` says so; until then nobody has asked.
  reading.catch(() => undefined);
  app
    .whenReady()
    .then(() => start(reading))
    .catch(refuseToStart);
}
