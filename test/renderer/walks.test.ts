import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { englishOnPage } from './support/english-on-page.ts';
import { graveFaults } from './support/grave-faults.ts';
import { nonsense, overflow } from './support/look-checks.ts';
import { goTo, type OpenWindow, ROUTES, settle, type WindowOptions } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: walks over every screen');
const SHOTS = process.env['MT_SHOTS'];

/** What the frame of the window asks for; everything else may fail or hang without it. */
const OF_THE_FRAME = /^(engine\.status|preferences\.|vault\.|access\.status|mode\.get|terminal\.|cycle\.(get|list)$)/;
const screenCalls = ({ engine }: OpenWindow) =>
  (Object.keys(engine.handlers) as (keyof typeof engine.handlers)[]).filter((name) => !OF_THE_FRAME.test(name));
const broken = new ContractError({
  code: 'rejected',
  reason: 'storage',
  message: 'the disk does not answer',
  remedy: 'look at Health',
});
/** The browser complains of each knock at a door that is shut; nothing else is complained of. */
async function closeAfterKnocks(window: OpenWindow): Promise<void> {
  await window.close();
  for (const knock of (window.problems as string[]).splice(0)) expect(knock).toContain('ERR_CONNECTION_REFUSED');
}
const figures = (page: Page): Promise<number> => page.locator('main [data-num]').count();

describe.skipIf(left)('walks over every screen', () => {
  const openWindow = useWindows();
  const walk = async (options: WindowOptions, look: (window: OpenWindow, route: string) => Promise<void>) => {
    const window = await openWindow(options);
    for (const route of ROUTES) {
      await settle(window.page, route);
      await look(window, route);
    }
    return window;
  };

  it.each([
    ['the safe palette, dark', { preferences: { palette: 'blue-orange' } }],
    ['the safe palette, light', { theme: 'light', preferences: { palette: 'blue-orange' } }],
    ['200 % zoom', { width: 1440, height: 900, zoom: 2 }],
  ] as const)('finds nothing serious with axe in %s', async (_, options) => {
    await walk(options, async ({ page }, route) => expect(await graveFaults(page), route).toEqual([]));
  });

  it.each(['dark', 'light'] as const)(
    'finds nothing serious with axe while it is locked, %s, and names the environment',
    async (theme) => {
      const { page } = await openWindow({ vault: 'locked', theme });
      await page.getByRole('heading', { name: 'Locked' }).waitFor();
      expect(await graveFaults(page)).toEqual([]);
      expect(await page.getByTestId('env').textContent()).toBe('SIMULATED');
      expect(await page.getByTestId('env').isVisible()).toBe(true);
      expect(await page.locator('[data-num]').count()).toBe(0);
    },
  );

  it('keeps the last data of every screen when everything fails, says what failed in its place, and finds nothing serious with axe', async () => {
    const before = new Map<string, number>();
    const window = await walk({}, async ({ page }, route) => void before.set(route, await figures(page)));
    const { page, engine } = window;
    for (const name of screenCalls(window)) engine.fail(name, broken);
    let alerts = 0;
    for (const route of ROUTES) {
      await settle(page, route);
      await page.waitForFunction(() => document.querySelector('main .pulse') === null);
      expect(await graveFaults(page), route).toEqual([]);
      alerts += await page.locator('main [role="alert"]').count();
      // Only a study's or a run's own address may show less: what it names is asked for anew.
      if (!route.startsWith('/lab/'))
        expect(await figures(page), route).toBeGreaterThanOrEqual((before.get(route) ?? 0) * 0.9);
      // What is told in passing stands on the screen as well.
      expect(await page.locator('[data-toast]').count(), route).toBe(0);
    }
    expect(alerts).toBeGreaterThan(8);
  });

  it('keeps the figures of a panel that alone gets no newer ones, beside a clock with their age, and leaves the others as they are', async () => {
    const window = await openWindow();
    const { page, engine } = window;
    const told = new Set(screenCalls(window));
    const alone: string[] = [];
    for (const route of ROUTES) {
      const from = engine.calls.length;
      await goTo(page, '/settings/about');
      await settle(page, route);
      const before = await figures(page);
      const asked = new Set(engine.calls.slice(from).map(({ name }) => name as keyof typeof engine.handlers));
      for (const name of asked) {
        if (!told.has(name)) continue;
        engine.fail(name, broken);
        await goTo(page, '/settings/about');
        await settle(page, route);
        const kept = page.locator('main [data-testid="kept"]');
        if ((await page.locator('main [role="alert"]').count()) > 0 && (await kept.count()) > 0) {
          expect(await kept.first().innerText(), `${route} ${name}`).toMatch(
            /Kept from [\d.]+m?s ago\. Agents open nothing/,
          );
          expect(await page.locator('main [data-kept="true"]').count(), `${route} ${name}`).toBeGreaterThan(0);
          expect(await figures(page), `${route} ${name}`).toBeGreaterThanOrEqual(before * 0.9);
          alone.push(`${route} ${name}`);
        }
        engine.fail(name, null);
      }
    }
    expect(alone.length, alone.join(', ')).toBeGreaterThan(20);
  });

  it('says on every screen what failed and what to do when nothing was ever loaded', async () => {
    const window = await openWindow();
    for (const name of screenCalls(window)) window.engine.fail(name, broken);
    const said: string[] = [];
    for (const route of ROUTES) {
      await settle(window.page, route);
      const texts = await window.page.locator('main [role="alert"]').allTextContents();
      for (const text of texts) expect(text, route).toMatch(/the disk does not answer.*look at Health/is);
      if (texts.length > 0) said.push(route);
    }
    expect(said).toEqual(
      expect.arrayContaining(['/audit', '/health', '/memory', '/news', '/models', '/performance', '/lab']),
    );
  });

  it('says within four seconds on every screen what it waits for, and offers a way out after eight', async () => {
    const window = await openWindow({ route: '/settings/shortcuts' });
    const { page, engine } = window;
    for (const name of screenCalls(window)) engine.stall(name);
    await page.clock.install();
    const waiting: string[] = [];
    for (const route of ROUTES) {
      if (route === '/terminal') continue;
      await page.evaluate((path) => {
        location.hash = path;
      }, route);
      await page.locator('main h1').waitFor({ state: 'attached' });
      await page.clock.runFor(4000);
      const mute = await page.locator('main').evaluate((main) =>
        [...main.querySelectorAll('.pulse, .spin')]
          .map((one) => one.closest('[role="status"], button, li, td') ?? one)
          .filter((one) => (one as HTMLElement).innerText.trim() === '')
          .map((one) => one.outerHTML.slice(0, 160)),
      );
      expect(mute, route).toEqual([]);
      if ((await page.getByText(/Still waiting for/).count()) === 0) continue;
      waiting.push(route);
      await page.clock.runFor(5000);
      // Each of them, not just the first: a list that follows another one waits by itself.
      const main = page.locator('main');
      expect(await main.getByRole('button', { name: 'Stop waiting' }).count(), route).toBe(
        await main.getByText(/Still waiting for/).count(),
      );
      await main.getByRole('button', { name: 'Stop waiting' }).first().click();
      await page.getByRole('alert').first().waitFor();
    }
    expect(waiting.length).toBeGreaterThan(6);
  });

  it('keeps the figures of every screen when the line breaks, and says on each what goes on without it', async () => {
    const before = new Map<string, number>();
    const window = await walk({}, async ({ page }, route) => void before.set(route, await figures(page)));
    const { page } = window;
    await window.stopServer();
    await page.getByText('No connection to the engine').first().waitFor();
    for (const route of ROUTES) {
      await goTo(page, route);
      await page.locator('main h1').waitFor({ state: 'attached' });
      await page.getByText('No connection to the engine').first().waitFor();
      // A study's own address, and the console, ask for what they name anew. Panels beside a chart come a frame after their screen.
      if (!route.startsWith('/lab/') && route !== '/terminal')
        await expect
          .poll(() => figures(page), { message: route })
          .toBeGreaterThanOrEqual((before.get(route) ?? 0) * 0.9);
      expect(await page.getByTestId('env').isVisible(), route).toBe(true);
      expect(await page.locator('[role="dialog"]').count(), route).toBe(0);
    }
    await closeAfterKnocks(window);
  });

  it('keeps every figure, hatched, when the line breaks, and says so without a dialog', async () => {
    const window = await openWindow({ route: '/portfolio' });
    const { page } = window;
    await settle(page, '/portfolio');
    await page.waitForLoadState('networkidle');
    const before = await figures(page);
    expect(
      await page
        .locator('main [data-num]')
        .first()
        .evaluate((one) => getComputedStyle(one).fontStyle),
    ).toBe('normal');
    await window.stopServer();
    await page.getByText('No connection to the engine').first().waitFor();
    expect(await figures(page)).toBeGreaterThanOrEqual(before);
    const look = await page
      .locator('main [data-num]')
      .first()
      .evaluate((one) => {
        const { fontStyle, backgroundImage } = getComputedStyle(one);
        return { fontStyle, hatched: backgroundImage.includes('repeating-linear-gradient') };
      });
    expect(look).toEqual({ fontStyle: 'italic', hatched: true });
    expect(await page.locator('[role="dialog"]').count()).toBe(0);
    await closeAfterKnocks(window);
  });

  const KES = { displayCurrency: 'KES', kesRate: { kesPerUsd: '129.25', on: '2026-11-20' } } as const;
  it.each([
    ['en-KE', { language: 'en', region: 'KE', ...KES }, /Ksh\u00a0[\d,]+\.\d\d/],
    ['en-US', { language: 'en', region: 'US', ...KES }, /KES\u00a0[\d,]+\.\d\d/],
    ['sw', { language: 'sw', region: 'KE', ...KES }, /Ksh\u00a0[\d,]+\.\d\d/],
    ['pseudo', { language: 'pseudo', region: 'KE', ...KES }, /Ksh\u00a0[\d,]+\.\d\d/],
  ] as const)(
    'writes money for %s on every screen, cuts nothing off, writes no figure that is none, and no English beside Swahili',
    async (name, preferences, money) => {
      let seen = 0;
      await walk({ width: 1024, height: 680, preferences }, async ({ page }, route) => {
        expect(await nonsense(page), route).toBeNull();
        expect(await overflow(page), route).toEqual([]);
        if (name === 'sw') expect(await englishOnPage(page), route).toEqual([]);
        const text = await page.locator('body').innerText();
        expect(text.match(/(?:KES|Ksh)[ \t][\d−-]/g), route).toBeNull();
        if (money.test(text)) seen += 1;
        if (SHOTS !== undefined && ['/', '/portfolio', '/performance', '/market'].includes(route))
          await page.screenshot({ path: `${SHOTS}/${name}${route.replaceAll('/', '-')}.png` });
      });
      expect(seen).toBe(ROUTES.length);
    },
  );
});
