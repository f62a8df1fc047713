import type { Browser, BrowserContext, Page } from 'playwright';
import { createTokens } from '#host/socket-host.ts';
import { startWebServer, type WebServer } from '#host/web-server.ts';
import { appContract } from '#shared/contract/app-contract.ts';
import { serveContract } from '#shared/transport/host.ts';
import { LONGEST_WAIT_MS } from '../../support/longest-wait.ts';
import { builtPage, type PageMode } from './built-page.ts';
import { createScriptedEngine, type ScriptedEngine, type ScriptedOptions } from './scripted-engine.ts';

export type WindowOptions = ScriptedOptions & {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'dark' | 'light';
  readonly reducedMotion?: boolean;
  readonly route?: string;
  /** Browser zoom: 2 halves the width the page sees. */
  readonly zoom?: number;
  readonly scope?: 'view' | 'trade';
  /** Which build; the one that ships when left out. */
  readonly build?: PageMode;
};

/** The page in a browser, on the real web server with its shipped headers, talking the real contract to a scripted engine. */
export type OpenWindow = {
  readonly page: Page;
  readonly engine: ScriptedEngine;
  /** Console errors, uncaught exceptions and policy violations seen so far. */
  readonly problems: readonly string[];
  /** Addresses outside of our server that the page asked for. */
  readonly outside: readonly string[];
  stopServer(): Promise<void>;
  close(): Promise<void>;
};

const watch = async (
  context: BrowserContext,
  page: Page,
  problems: string[],
  outside: string[],
  origin: string,
): Promise<void> => {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith(origin.replace('http', 'ws')))
      outside.push(url);
  });
  await context.exposeFunction('reportViolation', (text: string) => problems.push(`policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { reportViolation: (text: string) => void }).reportViolation(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
      );
    });
  });
};

export async function openWindow(browser: Browser, options: WindowOptions = {}): Promise<OpenWindow> {
  const {
    width = 1440,
    height = 900,
    theme = 'dark',
    reducedMotion = true,
    route = '/',
    zoom = 1,
    scope = 'trade',
  } = options;
  const engine = createScriptedEngine(options);
  const tokens = createTokens();
  const server: WebServer = await startWebServer({
    directory: await builtPage(options.build),
    tokens,
    serve: (port, granted) =>
      serveContract({ contract: appContract, handlers: engine.handlers, events: engine.events, port, scope: granted }),
  });
  const context = await browser.newContext({
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    colorScheme: theme,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    timezoneId: 'Africa/Nairobi',
    locale: 'en-GB',
  });
  context.setDefaultTimeout(LONGEST_WAIT_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  const outside: string[] = [];
  await watch(context, page, problems, outside, `http://127.0.0.1:${server.port}`);
  await page.goto(server.urlWith(tokens[scope === 'trade' ? 'page' : scope]));
  const shut = options.vault === 'sealed' || options.vault === 'locked';
  await (shut ? page.getByLabel('Passphrase') : page.getByTestId('env')).waitFor();
  if (route !== '/') await goTo(page, route);

  let stopped = false;
  const stopServer = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await server.close();
  };
  return {
    page,
    engine,
    problems,
    outside,
    stopServer,
    async close() {
      await context.close();
      await stopServer();
    },
  };
}

/** Changes the screen as a link would, without loading the page again: its key is gone from the address by now. */
export async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate(
    (path) =>
      new Promise<void>((done) => {
        if (location.hash === `#${path}`) return done();
        // The page hears of it in a task of its own; what it draws at once is there in the next one.
        addEventListener('hashchange', () => setTimeout(done), { once: true });
        location.hash = path;
      }),
    route,
  );
}

/** Goes to a screen and waits until everything on it has been loaded. */
export async function settle(page: Page, route: string): Promise<void> {
  await goTo(page, route);
  await page.locator('main h1').waitFor({ state: 'attached' });
  await page.waitForFunction(
    () => document.querySelector('main [role="status"][aria-label^="Loading"], main [data-coming]') === null,
  );
}

export const ROUTES = [
  '/',
  '/market',
  '/agents',
  '/approvals',
  '/portfolio',
  '/lab',
  '/lab/B-000000000001',
  '/lab/W-0000000000bb',
  '/lab/E-0000000000ee',
  '/performance',
  '/memory',
  '/news',
  '/models',
  '/audit',
  '/alerts',
  '/settings/notifications',
  '/health',
  '/terminal',
  '/settings/setup',
  '/settings/limits',
  '/settings/instructions',
  '/settings/general',
  '/settings/appearance',
  '/settings/security',
  '/settings/exchanges',
  '/settings/data',
  '/settings/shortcuts',
  '/settings/about',
] as const;
