import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PALETTES } from '#shared/contract/preferences.ts';
import { builtPage } from './support/built-page.ts';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';
import { graveFaults } from './support/grave-faults.ts';
import { nonsense, overflow, smallTargets } from './support/look-checks.ts';
import { goTo, openWindow, ROUTES } from './support/window.ts';

const left = notRunWithoutChromium('renderer tests: the design system');

const settle = async (page: Page, route: string): Promise<void> => {
  await goTo(page, route);
  await page.locator('main h1').waitFor({ state: 'attached' });
  // The gallery shows a load that never ends.
  if (route !== '/gallery')
    await page.waitForFunction(() => document.querySelector('main [role="status"] .pulse') === null);
};

/** As somebody sees it who lacks a kind of cone, or all colour. */
async function seeAs(page: Page, type: 'achromatopsia' | 'deuteranopia'): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setEmulatedVisionDeficiency', { type });
}

/** What two pixels in the middle of an element look like on the screen. */
async function middle(page: Page, element: Locator): Promise<string> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('the element is not on the screen');
  const clip = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2), width: 2, height: 2 };
  return (await page.screenshot({ clip })).toString('base64');
}

/** Screens whose every word is in the catalogue, beside bar, rail and strip. */
const TRANSLATED = ['/settings', '/audit', '/portfolio', '/lab'] as const;

/** Names of things that can be pressed or that head something, in letters of a language that is not the one that was asked for. */
const untranslated = (page: Page, scope: string): Promise<readonly string[]> =>
  page.evaluate((wanted) => {
    const parts = [...document.querySelectorAll(wanted)];
    const named = parts.flatMap((part) => [
      ...part.querySelectorAll<HTMLElement>('h1, h2, h3, button, label, th, a[href], [aria-label]'),
    ]);
    return named.flatMap((element) => {
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      // Three capitals are a currency, two of them a market; a hash, a number and the name of a product are no words.
      const plain =
        !/[a-z]{2}/i.test(name) ||
        // An id of the engine, and an exchange by its id.
        /^(?:[A-Z]{1,2}-[0-9a-f]+|binance)$/.test(name) ||
        /^[A-Z]{3}(?:\/[A-Z]{3,5})?$/.test(name) ||
        element.closest('.figure-mono, [translate=no]') !== null;
      return plain || name.includes('[') ? [] : [name];
    });
  }, scope);

const scripts = (folder: string): string =>
  readdirSync(join(folder, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, 'assets', name), 'utf8'))
    .join('\n');

describe.skipIf(left)('the design system', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('has a page of all components in a build for review, and none of it in the build that ships', async () => {
    const marks = ['an answer that never comes', 'broken on purpose', 'gallery'];
    const [review, shipped] = [scripts(await builtPage('gallery')), scripts(await builtPage())];
    for (const mark of marks) {
      expect(review.includes(mark), mark).toBe(true);
      expect(shipped.includes(mark), mark).toBe(false);
    }
    const open = await openWindow(browser, { route: '/gallery' });
    await expect.poll(() => new URL(open.page.url()).hash).toBe('#/');
    await open.close();
  });

  it.each(PALETTES)('draws every component accessibly with %s, in both themes', async (palette) => {
    for (const theme of ['dark', 'light'] as const) {
      const open = await openWindow(browser, { build: 'gallery', route: '/gallery', preferences: { palette, theme } });
      const { page } = open;
      await page.getByText('the last data', { exact: true }).waitFor();
      expect(await nonsense(page)).toBeNull();
      expect(await overflow(page)).toEqual([]);
      expect(await graveFaults(page), theme).toEqual([]);
      expect(open.problems).toEqual([]);
      await open.close();
    }
  });

  it('says what it waits for after three seconds, and offers a way out after eight', async () => {
    const open = await openWindow(browser, { build: 'gallery', route: '/gallery' });
    await open.page.getByText('Still waiting for an answer that never comes.').waitFor();
    await open.page.getByRole('button', { name: 'Stop waiting' }).waitFor();
    await open.close();
  });

  it('keeps a defect inside its panel', async () => {
    const open = await openWindow(browser, { build: 'gallery', route: '/gallery' });
    await open.page.getByRole('button', { name: 'Break it' }).click();
    await open.page.getByText('Broken could not be drawn: broken on purpose').waitFor();
    expect(await open.page.locator('header').getByTestId('env').isVisible()).toBe(true);
    await open.close();
  });

  it.each(['achromatopsia', 'deuteranopia'] as const)(
    'tells up from down without colour (%s): a glyph at each signed figure, hollow and filled candles',
    async (type) => {
      const open = await openWindow(browser, { build: 'gallery', preferences: { palette: 'mono' } });
      const { page } = open;
      await seeAs(page, type);
      for (const route of [...ROUTES, '/gallery']) {
        await settle(page, route);
        if (route === '/gallery') await page.getByText('the last data', { exact: true }).waitFor();
        const bare = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('[data-direction]')].flatMap((figure) => {
            const wanted = { up: '▲', down: '▼', flat: '•' }[figure.dataset['direction'] ?? ''];
            return wanted !== undefined && figure.textContent?.includes(wanted) ? [] : [figure.outerHTML];
          }),
        );
        expect(bare, route).toEqual([]);
      }
      expect(await page.locator('[data-direction]').count()).toBeGreaterThan(5);
      const candles = page.locator('figure svg');
      const up = await middle(page, candles.locator('g.text-up rect').first());
      const down = await middle(page, candles.locator('g.text-down rect').first());
      expect(up).not.toBe(down);
      await open.close();
    },
  );

  it('flashes a changing figure at most three times a second, and never where stillness or no colour was asked for', async () => {
    const count = async (options: Parameters<typeof openWindow>[1]): Promise<readonly number[]> => {
      const open = await openWindow(browser, { build: 'gallery', route: '/gallery', reducedMotion: false, ...options });
      await open.page.getByText('the last data', { exact: true }).waitFor();
      const at = await open.page.evaluate(
        () =>
          new Promise<number[]>((resolve) => {
            const seen: number[] = [];
            document.addEventListener('animationstart', (event) => {
              if (event.animationName === 'tick') seen.push(event.timeStamp);
            });
            setTimeout(() => resolve(seen), 5000);
          }),
      );
      await open.close();
      return at;
    };
    const usual = await count({});
    expect(usual.length).toBeGreaterThan(0);
    for (const [index, start] of usual.entries()) {
      const within = usual.filter((other, later) => later >= index && other - start < 1000);
      expect(within.length).toBeLessThanOrEqual(3);
    }
    expect(await count({ reducedMotion: true })).toEqual([]);
    expect(await count({ preferences: { reduceMotion: 'on' } })).toEqual([]);
    expect(await count({ preferences: { palette: 'mono' } })).toEqual([]);
  });

  it.each([
    ['2560 x 1440', { width: 2560, height: 1440 }],
    ['1024 x 680', { width: 1024, height: 680 }],
    ['200 % zoom', { width: 1440, height: 900, zoom: 2 }],
  ] as const)('fits at %s with dense rows: no sideways scroll, kill in sight, targets of 24 px', async (_, size) => {
    const open = await openWindow(browser, { ...size, preferences: { density: 'dense' } });
    for (const route of ROUTES) {
      await settle(open.page, route);
      expect(await overflow(open.page), route).toEqual([]);
      expect(await smallTargets(open.page), route).toEqual([]);
      expect(await open.page.getByRole('button', { name: /Kill switch/ }).isVisible(), route).toBe(true);
    }
    await open.close();
  });

  it('fits in a language a third longer, cuts no figure off, and leaves nothing untranslated where all words are in the catalogue', async () => {
    const open = await openWindow(browser, { width: 1024, height: 680, preferences: { language: 'pseudo' } });
    const { page } = open;
    for (const route of ROUTES) {
      await settle(page, route);
      expect(await overflow(page), route).toEqual([]);
      expect(await nonsense(page), route).toBeNull();
      const scope = TRANSLATED.some((known) => route.startsWith(known))
        ? 'body'
        : 'header:has([data-testid="env"]), #rail, footer';
      expect(await untranslated(page, scope), route).toEqual([]);
    }
    await open.close();
  });

  it('says that there is no network where something needs one, and nothing where nothing does', async () => {
    const open = await openWindow(browser);
    const { page, engine } = open;
    const strip = page.getByText('simulation and local models work', { exact: false });
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
      window.dispatchEvent(new Event('offline'));
    });
    await goTo(page, '/audit');
    await page.locator('main h1', { hasText: 'Audit' }).waitFor({ state: 'attached' });
    expect(await strip.count()).toBe(0);
    engine.set({ livePrices: { environment: 'paper', label: 'BTC/USDT at binance', trouble: null } });
    await strip.waitFor();
    await open.close();
  });

  it('draws borders where the system allows it only its own colours', async () => {
    const open = await openWindow(browser, { route: '/portfolio' });
    await open.page.emulateMedia({ forcedColors: 'active' });
    const bare = await open.page.evaluate(() =>
      [...document.querySelectorAll('[data-panel], [data-control], [data-env]')]
        .filter((element) => getComputedStyle(element).borderTopStyle === 'none')
        .map((element) => element.outerHTML.slice(0, 100)),
    );
    expect(bare).toEqual([]);
    await open.close();
  });
});
