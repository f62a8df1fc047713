import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { PAST_CANDLES } from './support/scripted-history.ts';
import { goTo, type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the chart');

/** How many pixels of a colour the chart's canvases hold. */
const pixels = (page: Page, rgb: readonly [number, number, number]): Promise<number> =>
  page.evaluate(([red, green, blue]) => {
    let count = 0;
    for (const canvas of document.querySelectorAll('canvas')) {
      if (canvas.width === 0 || canvas.height === 0) continue;
      // A copy is read, so that the chart's own canvas keeps its way of drawing.
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = copy.getContext('2d', { willReadFrequently: true });
      if (context === null) continue;
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4) {
        if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255) count += 1;
      }
    }
    return count;
  }, rgb);

const UP_DARK = [0x2d, 0xd4, 0xbf] as const;
const ACCENT_DARK = [0x7d, 0xd3, 0xfc] as const;
const UP_LIGHT = [0x0a, 0x6f, 0x61] as const;

const summary = async (window: OpenWindow): Promise<string> =>
  (await window.page.getByTestId('chart-summary').textContent()) ?? '';

describe.skipIf(left)('the chart', () => {
  const openWindow = useWindows();

  it('shows entry, stop and target and the fill of the running agent, drawn and in words', async () => {
    const open = await openWindow({ pauseAt: 9, route: '/market' });
    const { page } = open;
    await page.getByTestId('chart-summary').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('canvas').length > 0);
    const before = await pixels(page, ACCENT_DARK);
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-stage="agent"][data-state="running"]').waitFor();
    await goTo(page, '/market');
    await page.getByTestId('chart-summary').filter({ hasText: 'Levels: entry' }).waitFor();
    expect(await summary(open)).toMatch(
      /1 trade: bought 0\.03105 at 64,408\.20 \(entry\)\. Levels: entry [\d,.]+, stop [\d,.]+, target [\d,.]+\./,
    );
    // The entry line and its label are the only things on the chart in the accent colour.
    await expect.poll(() => pixels(page, ACCENT_DARK)).toBeGreaterThan(before + 200);
    expect(await pixels(page, UP_DARK)).toBeGreaterThan(200);
  });

  it('walks from candle to candle with the arrow keys and reads each aloud', async () => {
    const open = await openWindow({ route: '/market' });
    const chart = open.page.getByRole('application');
    await chart.focus();
    const readout = open.page.getByTestId('chart-readout');
    await open.page.keyboard.press('ArrowLeft');
    const newest = await readout.textContent();
    expect(newest).toMatch(/^2026-11-20 13:00, open [\d,.]+, high [\d,.]+, low [\d,.]+, close [\d,.]+, volume [\d.]+$/);
    await open.page.keyboard.press('ArrowLeft');
    expect(await readout.textContent()).toContain('2026-11-20 12:00');
    await open.page.keyboard.press('Home');
    const oldest = await readout.textContent();
    expect(oldest).toContain('2026-10-30');
    await open.page.keyboard.press('End');
    expect(await readout.textContent()).toBe(newest);
  });

  it('takes in candles as they close', async () => {
    const open = await openWindow({ route: '/market' });
    await open.page.getByText('2026-11-20 13:00').waitFor();
    open.engine.candle();
    await open.page.getByText('2026-11-20 14:00').waitFor();
    open.engine.candle();
    await open.page.getByText('2026-11-20 15:00').waitFor();
    expect(await summary(open)).toMatch(/last [\d,.]+, /);
  });

  it('opens at the newest candle, also when many closed before the screen was opened', async () => {
    const open = await openWindow();
    const { page } = open;
    for (let closed = 0; closed < 30; closed += 1) open.engine.candle();
    await goTo(page, '/market');
    // 30 candles after 13:00 of the day before is 19:00; the one before it must be under the pointer near the right edge.
    await page.getByText('2026-11-21 19:00').waitFor();
    const box = await page.getByRole('application').boundingBox();
    if (box === null) throw new Error('the chart is not on screen');
    const legend = page.locator('main time').first();
    const seen = new Set<string | null>();
    for (let x = box.width - 80; x > box.width * 0.75; x -= 3) {
      await page.mouse.move(box.x + x, box.y + box.height / 2);
      seen.add(await legend.textContent());
    }
    expect([...seen]).toContain('2026-11-21 18:00');
  });

  it('takes the colours of the theme when it is switched', async () => {
    const open = await openWindow({ route: '/market' });
    const { page } = open;
    await expect.poll(() => pixels(page, UP_DARK)).toBeGreaterThan(100);
    const toggle = page.getByRole('button', { name: /^Theme:/ });
    await toggle.click();
    await toggle.click();
    await expect.poll(() => pixels(page, UP_LIGHT)).toBeGreaterThan(100);
    expect(await pixels(page, UP_DARK)).toBe(0);
  });

  it('names the simulated market and its seed, and credits the chart library', async () => {
    const open = await openWindow({ route: '/market' });
    await open.page.getByText('Simulated market, seed 42, 60x').waitFor();
    await open.page.getByRole('link', { name: 'TradingView Lightweight Charts' }).waitFor();
  });

  it('brings what came before as the reader moves toward the past, without a gap, and goes on from the newest', async () => {
    const open = await openWindow({ route: '/market' });
    const { page, engine } = open;
    const chart = page.getByRole('application');
    await chart.focus();
    const readout = page.getByTestId('chart-readout');
    const opened = async (): Promise<number> =>
      Date.parse(`${((await readout.textContent()) ?? '').split(',')[0]?.replace(' ', 'T')}:00Z`);
    const pages = (): readonly unknown[] =>
      engine.calls.filter(({ name, input }) => name === 'market.chart' && 'before' in (input as object));
    await page.keyboard.press('End');
    const newest = await opened();
    const wanted = newest - (PAST_CANDLES + 499) * 3_600_000;
    await expect
      .poll(async () => {
        await page.keyboard.press('Home');
        return opened();
      })
      .toBe(wanted);
    // The page that came back short said that the market begins there.
    const asked = pages().length;
    expect(asked).toBe(Math.ceil((PAST_CANDLES + 1) / 5_000));
    // Far from the newest candle the pointer finds the candles that are drawn: the library holds a part, and its places are another one's.
    const box = await chart.boundingBox();
    if (box === null) throw new Error('the chart is not on screen');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const shown = await page.locator('main time').first().getAttribute('datetime');
    const hours = (Date.parse(shown ?? '') - wanted) / 3_600_000;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(140);
    let before = await opened();
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Shift+ArrowRight');
      const now = await opened();
      expect(now - before).toBe(10 * 3_600_000);
      before = now;
    }
    // A candle closes meanwhile; it is there when the reader comes back.
    engine.candle();
    await page.keyboard.press('End');
    await expect
      .poll(async () => {
        await page.keyboard.press('End');
        return opened();
      })
      .toBe(newest + 3_600_000);
    expect(pages()).toHaveLength(asked);
  });

  it('says why earlier candles did not come, keeps the chart, and asks again', async () => {
    const open = await openWindow({ route: '/market' });
    const { page, engine } = open;
    await page.getByRole('application').focus();
    engine.fail('market.chart', new ContractError({ code: 'internal', message: 'the disk is gone' }));
    await page.keyboard.press('Home');
    await page.getByText('Earlier candles could not be loaded').waitFor();
    await page.getByTestId('chart-summary').waitFor();
    engine.fail('market.chart', null);
    await page.waitForTimeout(3_100);
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await expect.poll(() => page.getByText('Earlier candles could not be loaded').count()).toBe(0);
  });

  it('shows the candles of an earlier run when it is chosen', async () => {
    const open = await openWindow({ route: '/market' });
    await open.page.getByRole('combobox', { name: 'Candles of' }).click();
    await open.page.getByRole('option', { name: /Run 5/ }).click();
    await expect
      .poll(() => open?.engine.calls.findLast((call) => call.name === 'market.chart')?.input)
      .toMatchObject({ cycle: 5, instrument: 'BTC/USDT', interval: '1h' });
  });
});
