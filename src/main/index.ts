import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog, globalShortcut, Menu, powerMonitor } from 'electron';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { createKeytarStore } from '#adapters/secrets-keytar/keytar-store.ts';
import { Fault } from '#core/kernel/fault.ts';
import { forbidCoreDumps } from '#host/core-dumps.ts';
import { createEngine, type Engine } from '#host/create-engine.ts';
import { KEYCHAIN_SERVICE } from '#host/engine-config.ts';
import { resolveHome } from '#host/home-folder.ts';
import { clientInProcess, openDoor, serveEngine } from '#host/open-door.ts';
import { readPageFiles } from '#host/page-files.ts';
import type { AppClient, AppInput } from '#shared/contract/app-contract.ts';
import { appMenu } from './app-menu.ts';
import { registerAppScheme, serveApp } from './app-scheme.ts';
import { mayQuit } from './ask-before-quit.ts';
import { lockWhenIdle } from './auto-lock.ts';
import { forkUtilityWorker } from './fork-utility-worker.ts';
import { createSession, denyNavigation } from './harden.ts';
import { killFromOutside } from './kill-from-outside.ts';
import { takeKillHotkey } from './kill-hotkey.ts';
import { registerIpc } from './register-ipc.ts';
import { createTray } from './tray.ts';
import { checkForUpdates } from './updates.ts';
import { createWindow, loadApp } from './window.ts';

const bundle = import.meta.dirname;
const resources = app.isPackaged ? join(process.resourcesPath, 'resources') : join(bundle, '../../resources');

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
denyNavigation();
app.setName('Master Trader');
// Chromium's own files stay inside the data folder; the page's session itself lives in memory only.
app.setPath('userData', join(home, 'run', 'chromium'));

/** Says why there can be no engine, in a dialog and on the terminal, and ends. */
function refuseToStart(error: unknown): void {
  const [message, remedy] =
    error instanceof Fault
      ? [error.message, error.remedy]
      : ['The engine could not be started.', error instanceof Error ? error.message : String(error)];
  console.error(`Master Trader: ${message}\n  Remedy: ${remedy}`);
  dialog.showErrorBox('Master Trader cannot start', `${message}\n\n${remedy}`);
  app.exit(1);
}

async function start(): Promise<void> {
  const logger = createRingLogger({ verbose: process.env['MT_VERBOSE'] === '1' });
  const session = createSession();
  serveApp(session, readPageFiles(join(bundle, '../renderer')));
  const engine = await createEngine({
    home,
    resources,
    version: app.getVersion(),
    pace: 'realtime',
    modelPath: process.env['MT_MODEL'],
    forkWorker: () => forkUtilityWorker(join(bundle, 'inference-worker.js')),
    labWorker: join(bundle, 'lab-worker.js'),
    forkTerminal: () => forkUtilityWorker(join(bundle, 'window-terminal.js'), 'Master Trader terminal'),
    secrets: createKeytarStore(KEYCHAIN_SERVICE),
    logger,
    recentLog: () => logger.recent(),
  });
  const door = await openDoor({ engine, home, logger });
  const client = clientInProcess(engine, logger, 'window');
  let quitting = false;

  const openWindow = (): void => {
    const existing = BrowserWindow.getAllWindows()[0];
    const window = existing ?? newWindow();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const newWindow = (): BrowserWindow => {
    const window = createWindow({ session, preload: join(bundle, '../preload/index.cjs') });
    registerIpc({
      webContents: window.webContents,
      serve: (port) => serveEngine(engine, port, 'window', logger),
      onStranger: () => logger.warn('a message that was not from our page was dropped'),
    });
    window.on('close', (event) => {
      if (quitting) return;
      // Trading goes on without the window. Some Linux desktops show no tray, so there the window stays reachable in the task bar.
      event.preventDefault();
      if (process.platform === 'linux') window.minimize();
      else window.hide();
    });
    void loadApp(window);
    return window;
  };

  const kill = (from: string) => (): void => {
    killFromOutside(client, join(home, 'run'), from).catch((error: unknown) =>
      dialog.showErrorBox('The kill switch failed', String(error)),
    );
  };
  const hotkey = takeKillHotkey(globalShortcut, process.env['MT_KILL_HOTKEY'], kill('by the hotkey'));
  if (hotkey.problem !== null) logger.warn('no kill hotkey', { why: hotkey.problem });
  const actions = { ...trayActions(client, openWindow), kill: kill('from the tray'), hotkey };
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu({ ...actions, updates: () => void checkForUpdates(client) })));
  const destroyTray = await createTray({ client, iconPath: (name) => join(resources, 'icons', name), actions }).catch(
    (error: unknown) => {
      logger.error('the tray could not be made; the window and the terminal do all that it does', error);
      return () => undefined;
    },
  );

  app.on('second-instance', () => openWindow());
  app.on('activate', () => openWindow());
  let asking = false;
  let unattended = false;
  const quit = async (): Promise<void> => {
    if (quitting || (asking && !unattended)) return;
    asking = true;
    const granted = unattended || (await mayQuit(client));
    asking = false;
    // A signal may have come while the question stood.
    if (quitting || !granted) return;
    quitting = true;
    hotkey.release();
    destroyTray();
    await closeAll(engine, door.close).finally(() => app.exit(0));
  };
  const quitUnattended = (): void => {
    unattended = true;
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (quitting) return;
    event.preventDefault();
    void quit();
  });
  // Nobody is there to answer a question when the machine goes down or a supervisor ends the program.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quitUnattended);
  powerMonitor.on('shutdown', quitUnattended);
  // Whoever comes to the machine next finds a locked window; the engine goes on. Without a passphrase there is nothing to lock.
  const lock = (why: AppInput<'vault.lock'>['why']) => (): void =>
    void client.invoke('vault.lock', { why }).catch(() => undefined);
  powerMonitor.on('lock-screen', lock('the screen was locked'));
  powerMonitor.on('suspend', lock('suspend'));
  lockWhenIdle({ client, idleSeconds: () => powerMonitor.getSystemIdleTime() });
  app.on('window-all-closed', () => undefined);
  openWindow();
}

const trayActions = (client: AppClient, openWindow: () => void) => ({
  spawn: () => {
    openWindow();
    client
      .invoke('cycle.start', { trigger: 'tray' })
      .catch((error: unknown) => dialog.showErrorBox('No agent was spawned', String(error)));
  },
  openWindow,
  quit: () => app.quit(),
});

async function closeAll(engine: Engine, closeDoor: () => Promise<void>): Promise<void> {
  await closeDoor();
  await engine.close();
}

if (!app.requestSingleInstanceLock()) app.exit(0);
else app.whenReady().then(start).catch(refuseToStart);
