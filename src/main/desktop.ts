import { join } from 'node:path';
import { app, BrowserWindow, globalShortcut, Menu, Notification, powerMonitor, powerSaveBlocker } from 'electron';
import type { RingLogger } from '#adapters/logger/ring-logger.ts';
import { createKeytarStore } from '#adapters/secrets-keytar/keytar-store.ts';
import { createEngine, type Engine } from '#host/create-engine.ts';
import { KEYCHAIN_SERVICE } from '#host/engine-config.ts';
import { marketSpeed } from '#host/market-speed.ts';
import { clientInProcess, openDoor, serveEngine } from '#host/open-door.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import { appMenu } from './app-menu.ts';
import { mayQuit } from './ask-before-quit.ts';
import { lockWhenIdle } from './auto-lock.ts';
import { createDesktopBadge, SHOW_ALERTS } from './desktop-badge.ts';
import { followDownloads } from './download-progress.ts';
import { followPreferences } from './follow-preferences.ts';
import { forkUtilityWorker } from './fork-utility-worker.ts';
import { takeKillHotkey } from './kill-hotkey.ts';
import { createNotifier } from './notify.ts';
import type { Spoken } from './spoken.ts';
import { createStayAwake } from './stay-awake.ts';
import { touchId } from './touch-id.ts';
import { createTray } from './tray.ts';
import { killAtOnce, trayActions } from './tray-actions.ts';
import type { TrayView } from './tray-menu.ts';
import { checkForUpdates } from './updates.ts';
import type { Windows } from './windows.ts';
import { wordsIn } from './words.ts';

type DesktopOptions = {
  /** Data folder, absolute. */
  readonly home: string;
  /** Folder of the built main process. */
  readonly bundle: string;
  readonly logger: RingLogger;
  readonly windows: Windows;
  readonly spoken: Spoken;
};

/** Opens the engine, lets the window speak with it, and ties both to the desktop: tray, notifications, hotkey, power, the end. */
export async function runDesktop({ home, bundle, logger, windows, spoken }: DesktopOptions): Promise<void> {
  const resources = app.isPackaged ? join(process.resourcesPath, 'resources') : join(bundle, '../../resources');
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
    biometrics: touchId(),
    logger,
    recentLog: () => logger.recent(),
    onAlert: (announcement) =>
      void notify?.(announcement).catch((error: unknown) => logger.error('no notification', error)),
  });
  const door = await openDoor({ engine, home, logger });
  const client = clientInProcess(engine, logger, 'window');
  windows.serve(client, (port) => serveEngine(engine, port, { face: 'window' }, logger));
  const openWindow = (path?: string): void => windows.open(path);

  const words = () => wordsIn(spoken.language());
  let reword = (): void => undefined;
  const preferences = followPreferences(client, logger, home, ({ language }) => {
    if (spoken.choose(language)) reword();
  });
  const isShut = async (): Promise<boolean> =>
    ['sealed', 'locked'].includes((await client.invoke('vault.status', {})).state);
  notify = createNotifier({
    supported: () => Notification.isSupported(),
    make: (options) => new Notification(options),
    locked: async () => preferences.get().hideAmountsWhenLocked && (await isShut()),
    inFront: () => BrowserWindow.getFocusedWindow() !== null,
    open: openWindow,
    words,
    onFailed: (why) => logger.warn('the desktop did not show a notification', { why }),
  });
  const actionOptions = { client, runDir: join(home, 'run'), openWindow, words };
  const hotkey = takeKillHotkey(globalShortcut, process.env['MT_KILL_HOTKEY'], () =>
    killAtOnce(actionOptions, 'by the hotkey'),
  );
  if (hotkey.problem !== null) logger.warn('no kill hotkey', { why: hotkey.problem });
  const actions = { ...trayActions(actionOptions), hotkey };
  const menu = (): void =>
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(appMenu({ ...actions, updates: () => void checkForUpdates(client, words()) }, words())),
    );
  const shownIn = spoken.language();
  menu();
  const iconPath = (name: string): string => join(resources, 'icons', name);
  const badge = createDesktopBadge(actions, words, iconPath, () => BrowserWindow.getAllWindows()[0]);
  const awake = createStayAwake(powerSaveBlocker);
  const endProgress = followDownloads({
    client,
    show: (progress) => BrowserWindow.getAllWindows()[0]?.setProgressBar(progress),
  });
  const onView = (view: TrayView): void => {
    badge.show(view);
    awake.look(view.status);
  };
  const tray = await createTray({ client, iconPath, actions, words, onView }).catch((error: unknown) => {
    logger.error('the tray could not be made; the window and the terminal do all that it does', error);
    return undefined;
  });
  reword = () => {
    menu();
    badge.reword();
    tray?.look();
  };
  // The master's language may have become known while the tray was made.
  if (spoken.language() !== shownIn) reword();

  app.on('second-instance', (_event, given) => openWindow(given.includes(SHOW_ALERTS) ? '/alerts' : undefined));
  app.on('activate', () => openWindow());
  let quitting = false;
  let asking = false;
  let unattended = false;
  const quit = async (): Promise<void> => {
    if (quitting || (asking && !unattended)) return;
    asking = true;
    const granted = unattended || (await mayQuit(client, words, () => BrowserWindow.getAllWindows()[0]?.close()));
    asking = false;
    // A signal may have come while the question stood.
    if (quitting || !granted) return;
    quitting = true;
    windows.release();
    hotkey.release();
    preferences.stop();
    awake.stop();
    endProgress();
    tray?.destroy();
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
}

async function closeAll(engine: Engine, closeDoor: () => Promise<void>): Promise<void> {
  await closeDoor();
  await engine.close();
}
