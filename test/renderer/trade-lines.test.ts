import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { goTo } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the lines of a trade');

const LEVELS = /Levels: entry [\d,]+\.\d\d, stop [\d,]+\.\d\d, target [\d,]+\.\d\d/;
const summary = (page: Page) => page.getByTestId('chart-summary').filter({ hasText: LEVELS });

/** Pixels of the colours of the three lines on the chart: what draws nothing has none of them in a whole row. */
const rowsDrawn = (page: Page): Promise<Readonly<Record<string, number>>> =>
  page.evaluate(() => {
    const styles = getComputedStyle(document.documentElement);
    const wanted = { entry: '--mt-accent', stop: '--mt-down', target: '--mt-up' };
    const chart = document.querySelector('main [role="application"]');
    const canvases = [...(chart?.querySelectorAll('canvas') ?? [])].filter(({ width }) => width > 300);
    const rows: Record<string, number> = { entry: 0, stop: 0, target: 0 };
    for (const canvas of canvases) {
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = copy.getContext('2d', { willReadFrequently: true });
      if (context === null) continue;
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      for (const [kind, token] of Object.entries(wanted)) {
        const hex = styles.getPropertyValue(token).trim();
        const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
        for (let y = 0; y < canvas.height; y += 1) {
          let hits = 0;
          for (let x = 0; x < canvas.width; x += 1) {
            const at = (y * canvas.width + x) * 4;
            if (data[at] === r && data[at + 1] === g && data[at + 2] === b) hits += 1;
          }
          // A dashed line leaves gaps, and candles lie on it; nothing else fills a third of a row.
          if (hits > canvas.width / 3) rows[kind] = (rows[kind] ?? 0) + 1;
        }
      }
    }
    return rows;
  });

/** The levels as they are told, once they are drawn. */
const drawnOn = async (page: Page): Promise<string | undefined> => {
  await summary(page).waitFor();
  for (const kind of ['entry', 'stop', 'target'])
    await expect.poll(async () => (await rowsDrawn(page))[kind], { message: kind }).toBeGreaterThan(0);
  return LEVELS.exec((await summary(page).textContent()) ?? '')?.[0];
};

describe.skipIf(left)('the lines of one trade', () => {
  const openWindow = useWindows();

  it('stand on the charts of Market, of its agent and of the Lab, and are told there in the same words', async () => {
    const { page, engine } = await openWindow({ pauseAt: 9 });
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-stage="agent"][data-state="running"]').waitFor();
    await goTo(page, '/market');
    const told = await drawnOn(page);
    expect(told).toBeDefined();
    await goTo(page, '/agents/A-7d10e4c5');
    await page.getByRole('tab', { name: 'Chart' }).click();
    expect(await drawnOn(page)).toBe(told);
    await goTo(page, '/lab/B-000000000001');
    expect(await drawnOn(page)).toBe(told);
    expect(engine.calls.filter(({ name }) => name === 'lab.chart').map(({ input }) => input)).toEqual([
      { id: 'B-000000000001', trade: 0 },
    ]);
  });

  it('are in the Lab those of the trade that is chosen, by keys, with each candle read aloud', async () => {
    const { page, engine } = await openWindow({ route: '/lab/B-000000000001' });
    await summary(page).waitFor();
    await page.getByRole('button', { name: 'Show trade 3 on its candles' }).press('Enter');
    const said = page.getByTestId('chart-summary').filter({ hasText: '40,620.00' });
    await said.waitFor();
    expect(await said.textContent()).toMatch(/2 trades: bought .* at 40,620\.00 \(entry\); sold .* at 41,000\.00/);
    expect(await said.textContent()).toMatch(/Levels: entry 40,620\.00\./);
    expect(engine.calls.findLast(({ name }) => name === 'lab.chart')?.input).toEqual({
      id: 'B-000000000001',
      trade: 2,
    });
    await page.getByRole('application', { name: /^BTC\/USDT 1h/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect
      .poll(() => page.getByTestId('chart-readout').textContent())
      .toMatch(/open [\d,]+\.\d\d, high [\d,]+\.\d\d, low [\d,]+\.\d\d, close [\d,]+\.\d\d/);
  });
});
