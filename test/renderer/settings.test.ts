import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';
import { type OpenWindow, openWindow } from './support/window.ts';

const left = notRunWithoutChromium('renderer tests: settings');

const root = (page: Page) => page.evaluate(() => Object.fromEntries(Object.entries(document.documentElement.dataset)));
const asked = (open: OpenWindow) =>
  open.engine.calls.filter(({ name }) => name === 'preferences.set').map(({ input }) => input);

describe.skipIf(left)('settings', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('changes looks at once, has the engine keep them, and takes over what another face changes', async () => {
    const open = await openWindow(browser, { route: '/settings/appearance', preferences: { density: 'dense' } });
    const { page } = open;
    await page.getByRole('radio', { name: /Blue and orange/ }).check();
    await page.getByRole('radio', { name: 'Light', exact: true }).check();
    expect(await root(page)).toEqual({
      theme: 'light',
      palette: 'blue-orange',
      density: 'dense',
      motion: 'system',
    });
    await expect
      .poll(() => asked(open))
      .toEqual([{ changes: { palette: 'blue-orange' } }, { changes: { theme: 'light' } }]);
    await open.engine.handlers['preferences.set']({ changes: { palette: 'mono' } });
    await expect.poll(async () => (await root(page))['palette']).toBe('mono');
    expect(await page.getByRole('radio', { name: /No colour/ }).isChecked()).toBe(true);
    expect(open.problems).toEqual([]);
    await open.close();
  });

  it('speaks Swahili when asked to, and tells the page so', async () => {
    const open = await openWindow(browser, { route: '/settings/general' });
    const { page } = open;
    await page.getByRole('radio', { name: 'Kiswahili' }).check();
    await page.getByRole('link', { name: 'Mwonekano' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('sw');
    expect(await page.locator('main h1').textContent()).toBe('Mipangilio');
    await open.close();
  });

  it('says why a change was not kept, and takes it back', async () => {
    const open = await openWindow(browser, { route: '/settings/general' });
    const { page } = open;
    await page.getByRole('radio', { name: 'USD' }).waitFor();
    open.engine.fail(
      'preferences.set',
      new ContractError({
        code: 'rejected',
        reason: 'storage',
        message: 'the disk is full',
        remedy: 'free some space',
      }),
    );
    await page.getByRole('radio', { name: 'KES', exact: true }).click();
    await page.getByText('The last change was not kept.').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('the disk is full');
    expect(await page.getByRole('radio', { name: 'USD' }).isChecked()).toBe(true);
    await open.close();
  });

  it('keeps a rate only when it is one', async () => {
    const open = await openWindow(browser, { route: '/settings/general' });
    const { page } = open;
    const rate = page.getByRole('textbox', { name: 'Shillings for one dollar' });
    await rate.fill('a lot');
    await page.getByRole('button', { name: 'Keep the rate' }).click();
    await page.getByRole('alert').waitFor();
    expect(asked(open)).toEqual([]);
    await rate.fill('129.25');
    await page.getByLabel('Day of that rate').fill('2026-11-19');
    await page.getByRole('button', { name: 'Keep the rate' }).click();
    await expect.poll(() => asked(open)).toEqual([{ changes: { kesRate: { kesPerUsd: '129.25', on: '2026-11-19' } } }]);
    await open.close();
  });

  it('is found with g and a comma or Ctrl and a comma, and searched by name', async () => {
    const open = await openWindow(browser);
    const { page } = open;
    await page.keyboard.press('Control+,');
    await page.getByRole('searchbox').fill('densi');
    expect(await page.getByRole('status').filter({ hasText: '1 setting found' }).count()).toBe(1);
    await page.getByRole('button', { name: /Density/ }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('setting-density');
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('Nothing here is called “no such thing”.').waitFor();
    await open.close();
  });

  it('switches single keys off, and leaves the others', async () => {
    const open = await openWindow(browser, { preferences: { singleKeyShortcuts: false } });
    const { page } = open;
    await expect
      .poll(async () => {
        await page.keyboard.press('g');
        await page.keyboard.press('m');
        return page.locator('main h1').textContent();
      })
      .toBe('Command');
    await page.keyboard.press('Control+,');
    await page.locator('main h1', { hasText: 'Settings' }).waitFor({ state: 'attached' });
    await open.close();
  });
});
