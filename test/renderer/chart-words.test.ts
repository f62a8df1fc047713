import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: charts without eyes');

const grouped = (value: number): string => value.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',');
/** In Nairobi, as the windows of the tests have it. */
const wall = (ms: number): string => new Date(ms + 3 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

describe.skipIf(left)('charts without eyes', () => {
  const openWindow = useWindows();

  it('say of every candle exactly what the engine has, from the newest to the oldest', async () => {
    const { page, engine } = await openWindow({ route: '/market', preferences: { chartIndicators: [] } });
    const { columns } = await engine.handlers['market.chart']({ instrument: 'BTC/USDT', limit: 500 });
    const expected = Array.from(columns.openTime, (time, at) => {
      const of = (column: Float64Array): string => grouped(column[at] ?? Number.NaN);
      return `${wall(time)}, open ${of(columns.open)}, high ${of(columns.high)}, low ${of(columns.low)}, close ${of(columns.close)}, volume ${of(columns.volume)}`;
    });
    await page.getByRole('application').focus();
    // Everything that the live region ever said, as a screen reader would have heard it.
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const region = document.querySelector('[data-testid="chart-readout"]');
      if (region === null || region.getAttribute('aria-live') !== 'polite') throw new Error('no live region');
      new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    for (let at = 0; at < expected.length; at += 1) await page.keyboard.press('ArrowLeft');
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    expect(said).toEqual(expected.toReversed());
  });

  it('sum up the day from the same candles', async () => {
    const { page, engine } = await openWindow({ route: '/market' });
    const { columns } = await engine.handlers['market.chart']({ instrument: 'BTC/USDT', limit: 500 });
    const day = { from: columns.openTime.length - 24, to: columns.openTime.length };
    const [open, close] = [columns.open[day.from] ?? 0, columns.close.at(-1) ?? 0];
    const change = ((close / open - 1) * 100).toFixed(2).replace('-', '−');
    const text = `last ${grouped(close)}, ${change.startsWith('−') ? '' : '+'}${change}% over the last 24 h, range ${grouped(Math.min(...columns.low.slice(day.from, day.to)))} to ${grouped(Math.max(...columns.high.slice(day.from, day.to)))}.`;
    await page.getByTestId('chart-summary').filter({ hasText: text }).waitFor();
  });

  it('say the indicators of a candle with it', async () => {
    const { page, engine } = await openWindow({ route: '/market', preferences: { chartIndicators: ['ema:21'] } });
    const { series } = await engine.handlers['market.indicators']({
      instrument: 'BTC/USDT',
      limit: 500,
      indicators: ['ema:21'],
    });
    const values = series[0]?.lines[0]?.values ?? new Float64Array();
    await page.locator('main .figure-mono').filter({ hasText: 'EMA 21' }).waitFor();
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByTestId('chart-readout').textContent()).toMatch(
      new RegExp(`; EMA 21 ${grouped(values.at(-2) ?? 0).replace('.', '\\.')}$`),
    );
  });
});
