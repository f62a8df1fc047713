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
import { goTo, type OpenWindow, openWindow, settle } from './support/window.ts';

const SHOTS = process.env['MT_SHOTS'];
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
    await expect.poll(() => data.getAttribute('data-state')).toBe('blocked');
    engine.set({ feed });
    await expect.poll(() => data.textContent()).toMatch(/Data\d+(\.\d)?s old/);
    await expect.poll(() => data.getAttribute('data-state')).toBe('ready');
  });

  it('shows each panel of the market stale beside a clock, keeps its figures hatched, and opens nothing on it', async () => {
    open = await openWindow(browser);
    const { page, engine } = open;
    const fresh = { label: 'simulated market', seed: 42, ageMs: 400, speed: 0 };
    const seen: string[] = [];
    for (const [route, panels] of [
      ['/market', ['BTC/USDT 1h', 'Watchlist', 'Patterns', 'Levels']],
      ['/portfolio', ['Account', 'Equity', 'Exposure', 'Positions']],
      ['/', ['The agent at work', 'Now']],
    ] as const) {
      engine.set({ feed: fresh });
      await settle(page, route);
      await page.locator('[data-market="stale"]').first().waitFor({ state: 'detached' });
      const before = await page.locator('main [data-num]').count();
      engine.set({ feed: { ...fresh, ageMs: 3 * 3_600_000 } });
      const stale = page.locator('[data-market="stale"]');
      await stale.first().waitFor();
      expect(await page.locator('[data-market="fresh"]').count(), route).toBe(0);
      expect(await stale.count(), route).toBe(panels.length);
      for (const panel of await stale.all()) {
        const badge = panel.locator('header [data-stale="true"]');
        expect(await badge.innerText()).toMatch(/Stale: 3h old, expected every 1h\. Agents open nothing on it\.\s*3h/);
        expect(await panel.locator('[data-kept="true"]').count()).toBeGreaterThan(0);
        for (const figure of (await panel.locator('[data-kept="true"] [data-num]').all()).slice(0, 2))
          expect(await figure.evaluate((one) => getComputedStyle(one).fontStyle)).toBe('italic');
        if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/stale${route.replaceAll('/', '-')}.png` });
        seen.push((await panel.locator('h2').innerText()).trim());
      }
      expect(await page.locator('main [data-num]').count(), route).toBeGreaterThanOrEqual(before);
    }
    expect(seen).toHaveLength(10);
    const spawn = page.getByTestId('spawn');
    expect(await spawn.getAttribute('aria-disabled')).toBe('true');
    const why = page.locator(`[id="${await spawn.getAttribute('aria-describedby')}"]`);
    expect(await why.innerText()).toMatch(/the newest candle is old; nothing is opened on it/);
    await spawn.click({ force: true });
    await page.keyboard.press('Control+Enter');
    expect(engine.calls.filter(({ name }) => name === 'cycle.start')).toEqual([]);
    engine.set({ feed: fresh });
    await page.locator('[data-market="stale"]').first().waitFor({ state: 'detached' });
    expect(await spawn.getAttribute('aria-disabled')).toBe('false');
  });

  it('says in each panel of an account what the exchange says and what we say, keeps its figures, and leads to the ways out', async () => {
    open = await openWindow(browser, { venues: true });
    const { page, engine } = open;
    const shortfalls = [{ asset: 'BTC', ours: '0.012', theirs: '0.010' }];
    const accounts = await engine.handlers['accounts.list']({});
    await settle(page, '/portfolio');
    engine.tell(
      'accounts.changed',
      accounts.map((one) => (one.name === 'kraken-main' ? { ...one, difference: 'they differ', shortfalls } : one)),
    );
    const said = page.locator('[data-unreconciled="kraken-main"]');
    const panelsThatSaySo = () =>
      page
        .locator('[data-panel]')
        .filter({ has: said })
        .evaluateAll((all) => all.map((panel) => panel.querySelector('h2')?.textContent));
    await expect.poll(panelsThatSaySo).toEqual(['Reconciliation']);
    const figures = await page.locator('main [data-num]').count();
    await page.getByRole('combobox', { name: 'Account' }).click();
    await page.getByRole('option', { name: /kraken-main/ }).click();
    await expect.poll(panelsThatSaySo).toEqual(['Held by hand', 'Orders by hand', 'Reconciliation']);
    for (const panel of await said.all()) {
      expect(await panel.innerText()).toContain('Exchange says 0.010 BTC, we say 0.012');
      expect(await panel.innerText()).toContain('Nothing new is opened on this account until both say the same.');
      expect(await panel.getByRole('button', { name: 'Resolve…' }).isVisible()).toBe(true);
    }
    expect(await page.locator('main [data-num]').count()).toBeGreaterThanOrEqual(figures * 0.9);
    await settle(page, '/market');
    await expect.poll(panelsThatSaySo).toEqual(['Order by hand']);
    await settle(page, '/portfolio');
    await said.last().getByRole('button', { name: 'Resolve…' }).click();
    const sheet = page.getByRole('dialog');
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/unreconciled.png` });
    await sheet.getByText('Bring what is missing back to the account').waitFor();
    await sheet.getByRole('button', { name: 'Look again now' }).click();
    await said.first().waitFor({ state: 'detached' });
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
