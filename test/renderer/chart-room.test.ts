import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { settle } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the room beside the newest candle');

/** Where the candles are drawn, in pixels of the window: the widest canvas, without the axis of prices beside it. */
const plotOf = (page: Page) =>
  page.getByRole('application').evaluate((chart) => {
    const boxes = [...chart.querySelectorAll('canvas')].map((canvas) => canvas.getBoundingClientRect());
    const { x, y, width } = boxes.reduce((widest, box) => (box.width > widest.width ? box : widest));
    return { x, y, width };
  });

/** The candle that is told above the chart while the pointer is there; right of the newest it is the newest. */
async function toldAt(page: Page, x: number, y: number): Promise<number> {
  await page.mouse.move(x, y);
  return Date.parse((await page.locator('main time').first().getAttribute('datetime')) ?? '');
}

/** Pixels from the left side of the newest candle's place to the right edge, as the pointer finds them; of the whole width. */
async function newestFromRight(page: Page): Promise<{ readonly pixels: number; readonly width: number }> {
  const plot = await plotOf(page);
  const y = plot.y + 40;
  const newest = await toldAt(page, plot.x + plot.width - 1, y);
  let [before, after] = [plot.x, plot.x + plot.width - 1];
  if ((await toldAt(page, before, y)) === newest) throw new Error('no candle before the newest one is in view');
  while (after - before > 2) {
    const middle = (before + after) / 2;
    if ((await toldAt(page, middle, y)) === newest) after = middle;
    else before = middle;
  }
  // Right of every candle again, so that the newest one is told.
  await page.mouse.move(plot.x + plot.width - 1, y);
  return { pixels: plot.x + plot.width - after, width: plot.width };
}

describe.skipIf(left)('the room beside the newest candle', () => {
  const openWindow = useWindows();

  it('is there at first, stays as candles close, and as wide in pixels at every zoom', async () => {
    const { page, engine } = await openWindow({});
    await settle(page, '/market');
    const first = await newestFromRight(page);
    // 12 free places of the 152 that are shown, and the newest candle's own.
    const place = first.width / 152;
    expect(first.pixels / place).toBeGreaterThan(12.5);
    expect(first.pixels / place).toBeLessThan(14.5);
    const room = first.pixels - place;

    engine.candle();
    await page.getByText('2026-11-20 14:00').waitFor();
    expect(Math.abs((await newestFromRight(page)).pixels - first.pixels)).toBeLessThanOrEqual(4);

    const chart = page.getByRole('application');
    for (const [keys, places] of [
      ['++', 152 / 1.4 ** 2],
      ['---', 152 * 1.4],
      ['0', 152],
    ] as const) {
      for (const key of keys) await chart.press(key);
      const now = await newestFromRight(page);
      const own = now.width / places;
      expect(Math.abs(now.pixels - own - room), `${keys}: ${places} places`).toBeLessThanOrEqual(own + 4);
    }
    // As near as it goes the newest candle is still in view, with those before it.
    for (let step = 0; step < 9; step += 1) await chart.press('+');
    const nearest = await newestFromRight(page);
    expect(nearest.pixels).toBeLessThan(nearest.width / 3);
  });
});
