import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';
import { goTo, openWindow } from './support/window.ts';

const left = notRunWithoutChromium('renderer tests: the labels of simulated money');
/** Screens with rows and tiles of money of the account. */
const SCREENS = ['/market', '/agents', '/portfolio'] as const;

describe.skipIf(left)('simulated money', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it.each(SCREENS)('is labelled on every row and in every panel with a figure of it: %s', async (route) => {
    const open = await openWindow(browser);
    const { page } = open;
    await goTo(page, route);
    await page.locator('main [data-num]').first().waitFor();
    const bare = await page.evaluate(() => {
      const figures = [...document.querySelectorAll('main [data-num]')];
      // A figure in a table has its label on its row; any other on itself, its tile or in the head of its panel.
      return figures
        .filter((figure) => {
          const row = figure.closest('tbody tr');
          // A measured fact is no money; it stands under the label of its panel.
          const isFact = /^F\d+/.test(row?.textContent?.trim() ?? '');
          if (row !== null && !isFact) return row.getAttribute('data-env') !== 'sim';
          if (figure.closest('[data-env="sim"]') !== null) return false;
          const panel = figure.closest('[data-panel]');
          return panel?.querySelector('header [data-env="sim"], header [data-testid="env-tag"]') == null;
        })
        .map((figure) => figure.closest('tr, [data-panel]')?.textContent?.slice(0, 80) ?? '');
    });
    expect(bare).toEqual([]);
    await open.close();
  });
});

describe('the page', () => {
  it('makes no figures of its own: no chance, no sample and no generator in any of its files', () => {
    const root = resolve(import.meta.dirname, '../../src/renderer');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    expect(files.length).toBeGreaterThan(100);
    const found = files.filter((name) =>
      /Math\.random|feed-generator|sampleColumns|\b(?:fake|demo|mock)[A-Z]\w*/.test(
        readFileSync(join(root, name), 'utf8'),
      ),
    );
    expect(found).toEqual([]);
  });
});
