import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPage } from './support/built-page.ts';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';
import { graveFaults } from './support/grave-faults.ts';
import { nonsense, overflow, smallTargets } from './support/look-checks.ts';
import { openWindow, ROUTES, settle } from './support/window.ts';

const left = notRunWithoutChromium('renderer tests: every screen');

const SIZES = [
  [1024, 680],
  [1440, 900],
] as const;
const CASES = SIZES.flatMap(([width, height]) =>
  (['dark', 'light'] as const).map((theme) => ({ width, height, theme })),
);

describe.skipIf(left)('every screen', () => {
  let browser: Browser;
  let built: string;
  beforeAll(async () => {
    built = await builtPage();
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  describe.each(CASES)('at $width x $height, $theme', ({ width, height, theme }) => {
    it('names the environment, fits, is accessible, breaks no policy and asks nobody outside', async () => {
      const open = await openWindow(browser, { width, height, theme });
      const { page } = open;
      for (const route of ROUTES) {
        await settle(page, route);
        const chip = page.getByTestId('env');
        expect(await chip.textContent(), route).toBe('SIMULATED');
        expect(await chip.getAttribute('data-env'), route).toBe('sim');
        const box = await chip.boundingBox();
        expect(
          box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= 40,
          route,
        ).toBe(true);
        expect(await page.getByRole('button', { name: /Kill switch/ }).isVisible(), route).toBe(true);
        expect(await overflow(page), route).toEqual([]);
        expect(await nonsense(page), route).toBeNull();
        expect(await smallTargets(page), route).toEqual([]);
        expect(await graveFaults(page), route).toEqual([]);
      }
      expect(open.problems).toEqual([]);
      expect(open.outside).toEqual([]);
      await open.close();
    });
  });

  it('stays usable at 200 % zoom: no sideways scroll, kill in sight, screens behind a menu button', async () => {
    const open = await openWindow(browser, { width: 1024, height: 680, zoom: 2 });
    const { page } = open;
    for (const route of ROUTES) {
      await settle(page, route);
      expect(await overflow(page), route).toEqual([]);
      expect(await page.getByRole('button', { name: /Kill switch/ }).isVisible(), route).toBe(true);
      expect(await page.getByTestId('env').isVisible(), route).toBe(true);
    }
    await page.getByRole('button', { name: 'Screens' }).click();
    await page.getByRole('link', { name: 'Agents' }).click();
    await page.locator('main h1', { hasText: 'Agents' }).waitFor({ state: 'attached' });
    expect(open.problems).toEqual([]);
    await open.close();
  });

  it('is the production build, as it ships', () => {
    const assets = join(built, 'assets');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const name of scripts) expect(readFileSync(join(assets, name), 'utf8')).not.toContain('React DevTools');
  });

  it('labels every tile and row that carries money', async () => {
    const open = await openWindow(browser);
    for (const route of ['/portfolio', '/agents']) {
      await settle(open.page, route);
      const bare = await open.page.evaluate(() =>
        [...document.querySelectorAll('main [data-num]')]
          .filter((figure) => /\d\.\d\d\sUSDT/.test(figure.textContent ?? ''))
          .filter(
            (figure) =>
              figure.closest('[data-env]') === null &&
              figure.closest('[data-panel]')?.querySelector('[data-env]') == null,
          )
          .map((figure) => figure.textContent),
      );
      expect(bare, route).toEqual([]);
    }
    await open.close();
  });

  it('walks between screens with g and a letter, but not while someone types', async () => {
    const open = await openWindow(browser, { halted: true });
    const { page } = open;
    for (const [key, name] of [
      ['m', 'Market'],
      ['a', 'Agents'],
      ['o', 'Portfolio'],
      ['l', 'Lab'],
      ['u', 'Audit'],
      [',', 'Settings'],
      ['c', 'Command'],
    ] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.locator('main h1', { hasText: name }).waitFor({ state: 'attached' });
    }
    await page.getByRole('button', { name: 'Resume…' }).click();
    await page.getByLabel('Reason, kept in the journal').focus();
    await page.keyboard.type('gm?');
    expect(await page.getByLabel('Reason, kept in the journal').inputValue()).toBe('gm?');
    expect(await page.locator('main h1').textContent()).toBe('Command');
    await open.close();
  });

  it('moves nothing when the reader asked for stillness', async () => {
    const open = await openWindow(browser, { pauseAt: 2, reducedMotion: true });
    await open.page.getByTestId('spawn').click();
    await open.page.locator('[data-stage="context"][data-state="running"]').waitFor();
    const moving = await open.page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { animationName, transitionDuration } = getComputedStyle(element);
          return animationName !== 'none' || transitionDuration.split(',').some((part) => Number.parseFloat(part) > 0);
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(moving).toEqual([]);
    await open.close();
  });

  it('remembers how it looks and nothing else', async () => {
    const open = await openWindow(browser, { theme: 'dark' });
    const { page } = open;
    const toggle = page.getByRole('button', { name: /^Theme:/ });
    await toggle.click();
    await toggle.click();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
    expect(await page.evaluate(() => Object.fromEntries(Object.entries(localStorage)))).toEqual({
      'mt.look': '{"theme":"light"}',
    });
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    expect(page.url()).not.toContain('token');
    await open.close();
  });

  it('would notice a broken policy: an inline style is refused and reported', async () => {
    const open = await openWindow(browser);
    await open.page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await expect.poll(() => open.problems.some((problem) => problem.startsWith('policy: style-src-attr'))).toBe(true);
    await open.close();
  });
});
