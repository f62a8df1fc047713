import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTokens } from '#host/socket-host.ts';
import { startWebServer } from '#host/web-server.ts';
import { call, defineContract } from '#shared/contract/define.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { nothing } from '#shared/contract/primitives.ts';
import { serveContract } from '#shared/transport/host.ts';
import { builtPage } from './support/built-page.ts';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';
import { goTo, type OpenWindow, openWindow } from './support/window.ts';

const left = notRunWithoutChromium('renderer tests: states');

const broken = new ContractError({
  code: 'rejected',
  reason: 'journal_locked',
  message: 'The journal is locked by another engine.',
  remedy: 'Stop the other engine, then try again.',
});

describe.skipIf(left)('the states of the window', () => {
  let browser: Browser;
  let open: OpenWindow | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });

  it('shows an error where the data would be, with its remedy, and recovers on another try', async () => {
    open = await openWindow(browser);
    const { page } = open;
    const alert = page.getByRole('alert');
    open.engine.fail('audit.list', broken);
    await goTo(page, '/audit');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('The journal is locked by another engine.');
    expect(await alert.textContent()).toContain('Stop the other engine');
    // What was read before stays on screen beside the error.
    expect(await page.getByText('Records 119 to 168').isVisible()).toBe(true);
    open.engine.fail('audit.list', null);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor({ state: 'detached' });

    open.engine.fail('audit.verify', broken);
    await page.getByRole('button', { name: 'Verify' }).click();
    await alert.waitFor();
    open.engine.fail('audit.verify', null);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByTestId('verdict').waitFor();
    expect(await page.getByTestId('verdict').getAttribute('data-ok')).toBe('true');
    expect(await page.getByTestId('verdict').textContent()).toContain('The chain is whole: 168 records');
  });

  it('leaves the other panels standing when one of them has no data', async () => {
    open = await openWindow(browser);
    open.engine.fail('agents.why', broken);
    await goTo(open.page, '/agents');
    await open.page.getByRole('alert').waitFor();
    expect(await open.page.getByRole('link', { name: 'A-7d10e4c6' }).isVisible()).toBe(true);
    open.engine.fail('agents.why', null);
    await open.page.getByRole('button', { name: 'Try again' }).click();
    await open.page.getByText('Why it exists').waitFor();
  });

  it('says what it waits for when an answer takes long', async () => {
    open = await openWindow(browser);
    const release = open.engine.stall('agents.why');
    await goTo(open.page, '/agents');
    await open.page.getByText(/Still waiting for agent A-7d10e4c6/).waitFor();
    release();
    await open.page.getByText('Why it exists').waitFor();
  });

  it('keeps the last figures and says so when the line breaks', async () => {
    open = await openWindow(browser, { route: '/portfolio' });
    await open.page.getByText('began with 10,000.00').waitFor();
    await open.stopServer();
    await open.page.getByText('No connection to the engine').first().waitFor();
    expect(await open.page.getByText('began with 10,000.00').isVisible()).toBe(true);
    expect(await open.page.getByRole('button', { name: /Kill switch/ }).isDisabled()).toBe(true);
    expect(await open.page.getByTestId('env').isVisible()).toBe(true);
  });

  it('tells a page that was opened without its key what to do', async () => {
    open = await openWindow(browser);
    await open.page.goto(new URL('/', open.page.url()).href);
    await open.page.reload();
    await open.page.getByText('This page was opened without its key').waitFor();
    expect(await open.page.getByText(/mt up --web/).isVisible()).toBe(true);
  });

  it('tells a page with a wrong key that the key is wrong, and does not knock again', async () => {
    const tokens = createTokens();
    let dials = 0;
    const server = await startWebServer({ directory: await builtPage(), tokens, serve: () => () => undefined });
    const page = await browser.newPage();
    page.on('websocket', () => {
      dials += 1;
    });
    await page.clock.install();
    await page.goto(server.urlWith('0'.repeat(64)));
    await page.getByText('The key of this page is wrong').waitFor();
    expect(await page.getByText(/Open the address again that mt up --web printed last/).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: /try again/i }).count()).toBe(0);
    await page.clock.runFor(60_000);
    expect(dials).toBe(1);
    await page.close();
    await server.close();
  });

  it('says that the key has changed when the engine was started again, and keeps the last figures', async () => {
    open = await openWindow(browser, { route: '/portfolio' });
    const { page } = open;
    await page.getByText('began with 10,000.00').waitFor();
    await open.stopServer();
    await page.getByText('No connection to the engine').first().waitFor();
    const again = await startWebServer({
      directory: await builtPage(),
      tokens: createTokens(),
      serve: () => () => undefined,
      port: Number(new URL(page.url()).port),
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The key of this page is wrong').waitFor();
    expect(await page.getByText('began with 10,000.00').isVisible()).toBe(true);
    expect(await page.getByText('No connection to the engine').count()).toBe(0);
    await again.close();
  });

  it('refuses to talk to an engine of another version, and says so', async () => {
    const other = defineContract({ 'engine.other': call('view', nothing, nothing) });
    const tokens = createTokens();
    const server = await startWebServer({
      directory: await builtPage(),
      tokens,
      serve: (port, scope) => serveContract({ contract: other, handlers: { 'engine.other': () => ({}) }, port, scope }),
    });
    const page = await browser.newPage();
    await page.goto(server.urlWith(tokens.page));
    await page.getByText('The window and the engine are of different versions').waitFor();
    expect(page.url()).not.toContain(tokens.page);
    await page.close();
    await server.close();
  });

  it('lets the age of the newest candle grow in market time between two words of the engine', async () => {
    open = await openWindow(browser);
    const { page, engine } = open;
    const feed = { label: 'simulated market', seed: 42, ageMs: 0, speed: 60 };
    const data = page.getByRole('list', { name: 'Preflight' }).getByRole('listitem').filter({ hasText: 'Data' });
    await page.clock.install();
    engine.set({ feed });
    await page.clock.runFor(1000);
    // Ten of our seconds are ten minutes there.
    await page.clock.runFor(10_000);
    await expect.poll(() => data.textContent()).toMatch(/Data1\dm old/);
    const strip = page.getByRole('contentinfo', { name: 'Health' });
    expect(await strip.textContent()).toMatch(/simulated market1\dm old60x/);
    await strip.getByTitle(/age of its newest candle, in market time, which runs 60x as fast/).waitFor();
    await page.clock.runFor(180_000);
    await expect.poll(() => data.getAttribute('data-state')).toBe('note');
    engine.set({ feed });
    await expect.poll(() => data.textContent()).toMatch(/Data\d+(\.\d)?s old/);
    expect(await data.getAttribute('data-state')).toBe('ready');
  });

  it('explains each empty screen in a line', async () => {
    open = await openWindow(browser, { fresh: true });
    for (const [route, words] of [
      ['/', 'nothing has run yet'],
      ['/market', 'No fill on these candles yet.'],
      ['/agents', 'No agents yet.'],
      ['/portfolio', 'The curve begins with the first result.'],
      ['/audit', 'The journal is empty.'],
    ] as const) {
      await goTo(open.page, route);
      await open.page.getByText(words).first().waitFor();
    }
    expect(open.problems).toEqual([]);
  });

  it('tells a connection that may only look that it may not trade', async () => {
    open = await openWindow(browser, { scope: 'view' });
    await open.page.getByTestId('spawn').click();
    const alert = open.page.getByRole('alert').first();
    expect(await alert.textContent()).toContain('may not call cycle.start');
    expect(await alert.textContent()).toContain('only look');
  });

  it('opens a journal record to its payload and pages back', async () => {
    open = await openWindow(browser, { route: '/audit' });
    const { page } = open;
    await page.getByRole('button', { name: 'Record 168, show payload' }).click();
    await page.getByText('"seq": 168').waitFor();
    await page.getByRole('button', { name: 'Older' }).click();
    await page.getByText('Records 69 to 118').waitFor();
    await page.getByRole('button', { name: 'Newer' }).click();
    await page.getByText('Records 119 to 168').waitFor();
    open.engine.set({ journal: { records: 171, head: 'f'.repeat(64), writable: true, why: null } });
    await page.getByRole('button', { name: 'Show 3 newer records' }).waitFor();
  });
});
