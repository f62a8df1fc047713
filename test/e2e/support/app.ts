import { resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { LONGEST_WAIT_MS } from '../../support/longest-wait.ts';
import { startVirtualScreen, type VirtualScreen } from './virtual-screen.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** What may differ between suites. */
type StartOptions = {
  /** Folder of the program; the built working copy unless a test laid out one of its own. */
  readonly program?: string;
  /** Further words of the command line, before the program. */
  readonly switches?: readonly string[];
};

export type RunningApp = {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the page said on its console, and exceptions that nobody caught. */
  readonly complaints: readonly string[];
  /** Clicks an item of the tray's menu. */
  clickTray(id: string): Promise<void>;
  trayLabels(): Promise<readonly string[]>;
  quit(): Promise<void>;
};

let screen: VirtualScreen | undefined;

/** What tells a program the screen that all windows of this run share; nothing when the machine has one of its own. */
export async function screenEnvironment(): Promise<Record<string, string>> {
  if (process.platform !== 'linux' || process.env['DISPLAY']) return {};
  screen ??= await startVirtualScreen();
  return { DISPLAY: screen.display };
}

export function stopScreen(): void {
  screen?.stop();
  screen = undefined;
}

/**
 * Runs a function in Electron's main process. The driver now and then loses the answer to garbage collection; asking again is safe for
 * questions, which is all that the suites use it for.
 */
export async function askMain<R>(
  app: ElectronApplication,
  question: (modules: typeof import('electron')) => R,
): Promise<Awaited<R>> {
  for (let tries = 1; ; tries++) {
    try {
      const answer: unknown = await app.evaluate(question);
      return answer as Awaited<R>;
    } catch (error) {
      if (tries === 20 || !String(error).includes('garbage collected')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

type TrayGlobal = typeof globalThis & {
  newestTrayMenu?: { getMenuItemById(id: string): { click(): void } | null; items: readonly { label: string }[] };
};

/** On a busy machine the driver can miss the program's first words and wait for ever; a missed start is started again, and said. */
async function launch(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  for (let tries = 1; ; tries++) {
    try {
      return await _electron.launch(options);
    } catch (error) {
      if (tries === 5) throw error;
      console.log(`the driver missed the start of Electron, try ${tries} of 5: ${String(error).split('\n')[0]}`);
    }
  }
}

/** Starts the built product in real Electron on a data folder of its own, and leaves the first screen of all unless it is to be kept. */
export async function startApp(
  electron: string,
  home: string,
  env: Record<string, string> = {},
  keepWelcome = false,
  { program = ROOT, switches = [] }: StartOptions = {},
): Promise<RunningApp> {
  // Electron refuses to sandbox as root; the product never gets this switch from anyone but this launcher.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await launch({
    executablePath: electron,
    args: [
      ...asRoot,
      '--disable-gpu',
      '-r',
      resolve(import.meta.dirname, 'tray-hook.cjs'),
      '-r',
      resolve(import.meta.dirname, 'network-hook.cjs'),
      ...switches,
      program,
    ],
    env: { ...(process.env as Record<string, string>), ...(await screenEnvironment()), MT_HOME: home, ...env },
    timeout: 15_000,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(LONGEST_WAIT_MS);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  // The window, or what stands in its place while the vault is sealed.
  await page.getByTestId('env').or(page.getByLabel('Passphrase')).first().waitFor();
  if (!keepWelcome) {
    const start = page.getByRole('button', { name: 'Start simulated trading' });
    await start.or(page.getByTestId('spawn')).or(page.getByLabel('Passphrase')).first().waitFor();
    if (await start.isVisible()) await start.click();
  }
  return {
    app,
    page,
    complaints,
    async clickTray(id) {
      await app.evaluate(
        (_electronModule, item) => (globalThis as TrayGlobal).newestTrayMenu?.getMenuItemById(item)?.click(),
        id,
      );
    },
    trayLabels: () =>
      app.evaluate(() => (globalThis as TrayGlobal).newestTrayMenu?.items.map((item) => item.label) ?? []),
    async quit() {
      const ended = new Promise<void>((done) => app.process().once('exit', () => done()));
      // The answer never comes: the program is gone by then.
      void app.evaluate(({ app: electronApp }) => electronApp.quit()).catch(() => undefined);
      await ended;
    },
  };
}
