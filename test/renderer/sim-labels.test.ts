import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { ROUTES, settle } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the labels of simulated money');

/** Screens of the account, where each row of money carries the label itself; elsewhere the head of the panel may carry it. */
const OF_THE_ACCOUNT: readonly string[] = ['/market', '/agents', '/portfolio'];

/** Panels of figures that are no money: how often an analyst was right, and the example of the colours. */
const NO_MONEY_OF_AN_ACCOUNT: readonly string[] = ['Scorecard of the analysts', 'Appearance'];

describe.skipIf(left)('simulated money', () => {
  const openWindow = useWindows();

  it('is labelled on every row and in every panel with a figure of it, on every route', async () => {
    const { page } = await openWindow();
    const found: Record<string, readonly string[]> = {};
    let figures = 0;
    for (const route of ROUTES) {
      await settle(page, route);
      const seen = await page.evaluate((everyRow) => {
        // A moment is no figure of an account.
        const figures = [...document.querySelectorAll('main [data-num]:not(time)')];
        const bare = figures
          .filter((figure) => {
            const row = figure.closest('tbody tr');
            // A measured fact is no money; it stands under the label of its panel.
            const isFact = /^F\d+/.test(row?.textContent?.trim() ?? '');
            // A lesson may come from another environment than today's: its row says which, and shows the mark of that one.
            if (row?.hasAttribute('data-lesson') === true)
              return row.querySelector(`td [data-env="${row.getAttribute('data-env')}"]`) === null;
            if (everyRow && row !== null && !isFact) return row.getAttribute('data-env') !== 'sim';
            if (figure.closest('[data-env]') !== null)
              return figure.closest('[data-env]')?.getAttribute('data-env') !== 'sim';
            const panel = figure.closest('[data-panel]');
            return panel?.querySelector('header [data-env="sim"]') == null;
          })
          .map(
            (figure) =>
              `${figure.closest('[data-panel]')?.querySelector('h2')?.textContent}: ${figure.textContent} in ${figure.closest('tr, [data-panel]')?.textContent?.slice(0, 80) ?? ''}`,
          );
        return { count: figures.length, bare };
      }, OF_THE_ACCOUNT.includes(route));
      figures += seen.count;
      const unlabelled = seen.bare.filter(
        (text) => !NO_MONEY_OF_AN_ACCOUNT.some((title) => text.startsWith(`${title}: `)),
      );
      if (unlabelled.length > 0) found[route] = unlabelled;
    }
    expect(found).toEqual({});
    expect(figures).toBeGreaterThan(100);
  });

  it('is told apart on Memory from what was learned elsewhere, and a lesson that no record places borrows no label', async () => {
    const { page } = await openWindow({ route: '/memory' });
    const marks = (rows: string) =>
      page
        .locator(rows)
        .evaluateAll((all) =>
          all.map((row) => [...row.querySelectorAll('td [data-env]')].map((mark) => (mark as HTMLElement).innerText)),
        );
    await page.locator('[data-lesson="L-dddd"]').waitFor();
    expect(await marks('[data-lesson]')).toEqual([['SIM'], ['SIM'], ['PAPER'], ['UNKNOWN']]);
    const cells = page.getByLabel('What a trade is expected to bring').locator('table');
    await cells.waitFor();
    expect(await cells.locator('tbody td [data-env]').allInnerTexts()).toEqual(['PAPER', 'SIM', 'UNKNOWN']);
    await page.getByRole('button', { name: 'Details of L-cccc' }).click();
    await page.getByRole('dialog').getByText('Learned in').waitFor();
    expect(await page.getByRole('dialog').locator('[data-env="paper"]').innerText()).toBe('PAPER');
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
