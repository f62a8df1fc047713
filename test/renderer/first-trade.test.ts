import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { goTo } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the first trade of a newcomer');

describe.skipIf(left)('the first trade', () => {
  const openWindow = useWindows();

  it('says while it goes on what is held and how long it can take, and leads to the chart', async () => {
    const { page } = await openWindow({ fresh: true, stepMs: 400 });
    await page.getByTestId('spawn').click();
    const now = page.getByTestId('agent-now');
    await now.waitFor();
    await page.getByTestId('agent-now').filter({ hasText: 'bought at' }).waitFor();
    const text = (await now.textContent()) ?? '';
    expect(text).toMatch(/Holds [\d.]+ BTC, bought at [\d,.]+/);
    expect(text).toMatch(/Candle \d+ of \d+/);
    await now.getByRole('link', { name: 'Watch it on the chart' }).click();
    await page.waitForURL(/#\/market$/);
    await goTo(page, '/');
    // When it is over, the result takes its place and says what its unit is.
    await page.getByTestId('result').getByText('1 R is what the stop').waitFor();
    expect(await now.count()).toBe(0);
  });

  it('says before the first press that simulated time is fast, and by how much', async () => {
    const { page, engine } = await openWindow({ fresh: true, preferences: { welcomed: false } });
    const welcome = page.getByTestId('welcome');
    await welcome.waitFor();
    expect(engine.calls.length).toBeGreaterThan(0);
    expect(await welcome.textContent()).toMatch(/Simulated time runs \d+ times as fast as your clock/);
  });

  it('begins each screen at its top, however far the one before was scrolled', async () => {
    const { page } = await openWindow();
    const main = page.locator('main');
    await page.getByTestId('result').waitFor();
    const scrolled = await main.evaluate((element) => {
      element.scrollTop = 10_000;
      return element.scrollTop;
    });
    expect(scrolled).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Portfolio' }).click();
    await page.waitForURL(/#\/portfolio$/);
    await expect.poll(() => main.evaluate((element) => element.scrollTop)).toBe(0);
  });
});
