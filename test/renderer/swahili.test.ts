import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { names } from '#shared/i18n/en/names.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { goTo } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: Swahili');

/** Everything that is written on a canvas from now on. */
const listenToCanvas = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const drawn = new Set<string>();
    Object.assign(window, { drawn });
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function write(text, x, y, widest) {
      drawn.add(text);
      return fillText.call(this, text, x, y, ...(widest === undefined ? [] : [widest]));
    };
  });
const drawnOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [...(window as unknown as { drawn: ReadonlySet<string> }).drawn]);

describe.skipIf(left)('the window in Swahili', () => {
  const openWindow = useWindows();

  it('names fills and levels on the chart, and tells of them in the same words', async () => {
    const { page } = await openWindow({ preferences: { language: 'sw' } });
    await listenToCanvas(page);
    await goTo(page, '/market');
    await expect.poll(() => drawnOn(page)).toContain('Kuingia');
    const drawn = await drawnOn(page);
    expect(drawn.filter((text) => Object.values(names.purposes).some((name) => text.includes(name)))).toEqual([]);
    const summary = (await page.getByTestId('chart-summary').textContent()) ?? '';
    expect(summary).toContain('(kuingia)');
    expect(summary).not.toMatch(/\((?:entry|exit|stop|target)\)/);
  });
});
