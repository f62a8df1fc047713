import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { ROUTES, settle } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: prices by their tick');

/** One more than the samples write, so that a price as it came, or with the decimals of money, is seen to be wrong. */
const DECIMALS = 3;

/** What is written of prices: those that are marked as such, and what in any text can be nothing else among these samples. */
const pricesOf = (page: Page): Promise<{ readonly marked: readonly string[]; readonly wrong: readonly string[] }> =>
  page.evaluate((decimals) => {
    const exact = new RegExp(`^[\\d,]+\\.\\d{${decimals}}$`);
    const marked = [...document.querySelectorAll<HTMLElement>('[data-price]')];
    // Everything is traded between 40,000 and 70,000 here; what has a currency or an asset beside it is money.
    const said = document.body.innerText.matchAll(
      /(?<![\d,.\w]|(?:Ksh|KES|US\$|\$)\u00a0?)[4-6]\d,\d{3}(?:\.\d+)?(?!\d|[,.]\d|\u00a0(?:USDT|KES))/g,
    );
    return {
      marked: marked.map((one) => one.innerText),
      wrong: [
        ...marked
          .filter((one) => one.dataset['price'] !== String(decimals) || !exact.test(one.innerText.trim()))
          .map((one) => one.outerHTML.slice(0, 200)),
        ...[...said].map(([text]) => text).filter((text) => !exact.test(text)),
      ],
    };
  }, DECIMALS);

describe.skipIf(left)('prices', () => {
  const openWindow = useWindows();

  it.each([
    ['en-KE', { language: 'en', region: 'KE' }],
    ['en-US', { language: 'en', region: 'US' }],
    ['sw', { language: 'sw', region: 'KE' }],
    ['pseudo', { language: 'pseudo', region: 'KE' }],
  ] as const)('have the decimals of their tick on every screen, in %s', async (_, preferences) => {
    const { page, engine } = await openWindow({ tickDecimals: DECIMALS, pauseAt: 9, preferences });
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-stage="agent"][data-state="running"]').waitFor();
    engine.automation.ask(7, {
      kind: 'entry',
      entry: {
        agentId: 'A-7d10e4c2',
        quantity: '0.03105',
        price: '64408.2',
        priceDecimals: DECIMALS,
        stop: '63612.48',
        plannedLoss: '24.71',
        lowest: '64208',
        highest: '64608.5',
        adds: false,
      },
    });
    const seen = new Map<string, number>();
    for (const route of ROUTES) {
      await settle(page, route);
      if (route === '/market') await page.getByTestId('chart-summary').waitFor();
      const { marked, wrong } = await pricesOf(page);
      // Audit quotes records, digit by digit as they were written.
      if (route !== '/audit') expect(wrong, route).toEqual([]);
      seen.set(route, marked.length);
    }
    for (const route of ['/market', '/portfolio', '/lab/B-000000000001'])
      expect(seen.get(route), route).toBeGreaterThan(3);
  });

  it('have them in the book and the tape of a venue too', async () => {
    const { page } = await openWindow({ tickDecimals: DECIMALS, route: '/market' });
    await page.getByRole('combobox', { name: 'Candles of' }).click();
    await page.getByRole('option', { name: /Run 5/ }).click();
    await page.getByText('at BINANCE').waitFor();
    const { marked, wrong } = await pricesOf(page);
    expect(wrong).toEqual([]);
    expect(marked.filter((text) => text.startsWith('64,40')).length).toBeGreaterThanOrEqual(7);
  });
});
