import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  app,
  BrowserWindow,
  dialog,
  globalShortcut,
  Menu,
  Notification,
  powerMonitor,
  powerSaveBlocker,
} from 'electron';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { createKeytarStore } from '#adapters/secrets-keytar/keytar-store.ts';
import { Fault } from '#core/kernel/fault.ts';
import { forbidCoreDumps } from '#host/core-dumps.ts';
import { createEngine, type Engine } from '#host/create-engine.ts';
import { KEYCHAIN_SERVICE } from '#host/engine-config.ts';
import { resolveHome } from '#host/home-folder.ts';
import { marketSpeed } from '#host/market-speed.ts';
import { clientInProcess, openDoor, serveEngine } from '#host/open-door.ts';
import { readPageFiles } from '#host/page-files.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import { appMenu } from './app-menu.ts';
import { registerAppScheme, serveApp } from './app-scheme.ts';
import { mayQuit } from './ask-before-quit.ts';
import { lockWhenIdle } from './auto-lock.ts';
import { closeToTray } from './close-window.ts';
import { createDesktopBadge, SHOW_ALERTS } from './desktop-badge.ts';
import { followPreferences } from './follow-preferences.ts';
import { forkUtilityWorker } from './fork-utility-worker.ts';
import { createSession, denyNavigation } from './harden.ts';
import { takeKillHotkey } from './kill-hotkey.ts';
import { createNotifier } from './notify.ts';
import { registerIpc } from './register-ipc.ts';
import { createStayAwake } from './stay-awake.ts';
import { createTray } from './tray.ts';
import { killAtOnce, trayActions } from './tray-actions.ts';
import type { TrayView } from './tray-menu.ts';
import { checkForUpdates } from './updates.ts';
import { createWindow, loadApp, showScreen } from './window.ts';

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
// Under this name Windows shows notifications and keeps the jump list.
app.setAppUserModelId('MasterTrader.MasterTrader');
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
  // Alerts may come before there is a client to ask whether the program is locked; they wait for the notifier.
  let notify: ReturnType<typeof createNotifier> | undefined;
  const engine = await createEngine({
    home,
    resources,
    version: app.getVersion(),
    pace: 'realtime',
    marketSpeed: marketSpeed(process.env['MT_MARKET_SPEED']),
    modelPath: process.env['MT_MODEL'],
    forkWorker: () => forkUtilityWorker(join(bundle, 'inference-worker.js')),
    labWorker: join(bundle, 'lab-worker.js'),
    forkTerminal: () => forkUtilityWorker(join(bundle, 'window-terminal.js'), 'Master Trader terminal'),
    secrets: createKeytarStore(KEYCHAIN_SERVICE),
    logger,
    recentLog: () => logger.recent(),
    onAlert: (announcement) =>
      void notify?.(announcement).catch((error: unknown) => logger.error('no notification', error)),
  });
  const door = await openDoor({ engine, home, logger });
  const client = clientInProcess(engine, logger, 'window');
  let quitting = false;

  const openWindow = (link?: string): void => {
    const existing = BrowserWindow.getAllWindows()[0];
    const window = existing ?? newWindow();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (link !== undefined)
      void showScreen(window, link).catch((error: unknown) => logger.error('no such screen', error));
  };
  const newWindow = (): BrowserWindow => {
    const window = createWindow({ session, preload: join(bundle, '../preload/index.cjs') });
    registerIpc({
      webContents: window.webContents,
      serve: (port) => serveEngine(engine, port, { face: 'window' }, logger),
      onStranger: () => logger.warn('a message that was not from our page was dropped'),
    });
    window.on('close', (event) => {
      if (quitting) return;
      event.preventDefault();
      void closeToTray(window, client).catch((error: unknown) => logger.error('the window was not closed', error));
    });
    void loadApp(window);
    return window;
  };

  const preferences = followPreferences(client, logger, home);
  const isShut = async (): Promise<boolean> =>
    ['sealed', 'locked'].includes((await client.invoke('vault.status', {})).state);
  notify = createNotifier({
    supported: () => Notification.isSupported(),
    make: (options) => new Notification(options),
    locked: async () => preferences.get().hideAmountsWhenLocked && (await isShut()),
    inFront: () => BrowserWindow.getFocusedWindow() !== null,
    open: openWindow,
    onFailed: (why) => logger.warn('the desktop did not show a notification', { why }),
  });
  const actionOptions = { client, runDir: join(home, 'run'), openWindow };
  const hotkey = takeKillHotkey(globalShortcut, process.env['MT_KILL_HOTKEY'], () =>
    killAtOnce(actionOptions, 'by the hotkey'),
  );
  if (hotkey.problem !== null) logger.warn('no kill hotkey', { why: hotkey.problem });
  const actions = { ...trayActions(actionOptions), hotkey };
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu({ ...actions, updates: () => void checkForUpdates(client) })));
  const iconPath = (name: string): string => join(resources, 'icons', name);
  const badge = createDesktopBadge(actions, iconPath, () => BrowserWindow.getAllWindows()[0]);
  const awake = createStayAwake(powerSaveBlocker);
  const onView = (view: TrayView): void => {
    badge.show(view);
    awake.look(view.status);
  };
  const destroyTray = await createTray({ client, iconPath, actions, onView }).catch((error: unknown) => {
    logger.error('the tray could not be made; the window and the terminal do all that it does', error);
    return () => undefined;
  });

  app.on('second-instance', (_event, words) => openWindow(words.includes(SHOW_ALERTS) ? '/alerts' : undefined));
  app.on('activate', () => openWindow());
  let asking = false;
  let unattended = false;
  const quit = async (): Promise<void> => {
    if (quitting || (asking && !unattended)) return;
    asking = true;
    const granted = unattended || (await mayQuit(client, () => BrowserWindow.getAllWindows()[0]?.close()));
    asking = false;
    // A signal may have come while the question stood.
    if (quitting || !granted) return;
    quitting = true;
    hotkey.release();
    preferences.stop();
    awake.stop();
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

async function closeAll(engine: Engine, closeDoor: () => Promise<void>): Promise<void> {
  await closeDoor();
  await engine.close();
}

if (!app.requestSingleInstanceLock()) app.exit(0);
else app.whenReady().then(start).catch(refuseToStart);
