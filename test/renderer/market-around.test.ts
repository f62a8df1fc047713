import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { goTo, type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: what stands around the chart');

const tightened = ({ engine }: OpenWindow) =>
  engine.calls.filter(({ name }) => name === 'orders.tighten').map(({ input }) => input);
const price = (text: string): number => Number(text.replaceAll(',', ''));

/** Where on the screen the pointer can take hold of a stop, found as a hand finds it: the pointer changes its shape. */
async function stopLine(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('the chart is not on screen');
  const x = box.x + box.width / 3;
  for (let y = box.y + 4; y < box.y + box.height; y += 4) {
    await page.mouse.move(x, y);
    const shape = await page.getByRole('application').evaluate((chart) => chart.style.cursor);
    if (shape === 'ns-resize') return { x, y: y + 4 };
  }
  throw new Error('no stop can be taken hold of');
}

describe.skipIf(left)('what stands around the chart', () => {
  const openWindow = useWindows();

  /** The Market screen while an agent holds a position. */
  const holding = async (): Promise<OpenWindow> => {
    const open = await openWindow({ pauseAt: 9, route: '/market' });
    const { page } = open;
    await page.getByTestId('chart-summary').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-stage="agent"][data-state="running"]').waitFor();
    await goTo(page, '/market');
    await page.getByTestId('chart-summary').filter({ hasText: 'Levels: entry' }).waitFor();
    return open;
  };
  const stopNow = async (page: Page): Promise<number> =>
    price(/stop ([\d,.]+)/.exec((await page.getByTestId('chart-summary').textContent()) ?? '')?.[1] ?? '');

  it('lets a stop line be carried toward less risk, asks, and sends what was asked', async () => {
    const open = await holding();
    const { page } = open;
    const before = await stopNow(page);
    const from = await stopLine(page);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, from.y - 30, { steps: 5 });
    await page.mouse.up();
    const wanted = await page.getByLabel('New stop').inputValue();
    expect(price(wanted)).toBeGreaterThan(before);
    expect(tightened(open)).toEqual([]);
    await page.getByRole('button', { name: /^Move it to / }).click();
    await page.getByRole('status').filter({ hasText: 'The stop was moved from' }).waitFor();
    expect(tightened(open)).toEqual([
      { account: 'simulated', agent: expect.stringMatching(/^A-/), instrument: 'BTC/USDT', stop: wanted },
    ]);
    await expect.poll(() => stopNow(page)).toBe(price(wanted));
  });

  it('holds a line back that is carried the other way', async () => {
    const open = await holding();
    const { page } = open;
    const before = await stopNow(page);
    const from = await stopLine(page);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, from.y + 60, { steps: 5 });
    await page.mouse.up();
    expect(price(await page.getByLabel('New stop').inputValue())).toBeCloseTo(before + 0.01, 6);
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(await page.getByTestId('move-stop').count()).toBe(0);
    expect(tightened(open)).toEqual([]);
  });

  it('does the same by keyboard alone: step by the tick, and send', async () => {
    const open = await holding();
    const { page } = open;
    const before = await stopNow(page);
    await page.getByRole('button', { name: /^Move the stop at/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('New stop').waitFor();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => tightened(open).length).toBe(1);
    await expect.poll(() => stopNow(page)).toBeCloseTo(before + 1.01, 6);
  });

  it('offers no price that loosens, and shows what the engine refuses', async () => {
    const open = await holding();
    const { page } = open;
    const before = await stopNow(page);
    await page.getByRole('button', { name: /^Move the stop at/ }).click();
    await page.getByLabel('New stop').fill(String(before - 10));
    await page.getByText(/It can only go to a price from/).waitFor();
    await page.keyboard.press('Enter');
    expect(tightened(open)).toEqual([]);
    // Somebody else has moved it meanwhile: what fitted is refused, and the question stays.
    await open.engine.handlers['orders.tighten']({
      account: 'simulated',
      instrument: 'BTC/USDT',
      stop: String(before + 500),
    });
    await page.getByLabel('New stop').fill(String(before + 100));
    await page.keyboard.press('Enter');
    await page.getByText(/only moved toward less risk/).waitFor();
    expect(await page.getByLabel('New stop').inputValue()).toBe(String(before + 100));
  });

  it('draws the indicators that are chosen, asks the engine for them, and keeps the choice and a set of it', async () => {
    const open = await openWindow({ route: '/market' });
    const { page, engine } = open;
    await page.getByText(/^Indicators \(/).click();
    await page.getByRole('checkbox', { name: 'EMA 21' }).check();
    await page.getByRole('checkbox', { name: 'RSI 14' }).check();
    await expect
      .poll(() => engine.calls.findLast(({ name }) => name === 'market.indicators')?.input)
      .toMatchObject({ instrument: 'BTC/USDT', indicators: ['ema:21', 'rsi:14'] });
    const answer = await engine.handlers['market.indicators']({
      instrument: 'BTC/USDT',
      limit: 500,
      indicators: ['rsi:14'],
    });
    const newest = answer.series[0]?.lines[0]?.values.at(-1) ?? Number.NaN;
    await page
      .locator('main')
      .getByText(`RSI 14 ${newest.toFixed(2)}`)
      .waitFor();
    await page.getByLabel('With other numbers').fill('ema:34');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByLabel('Name of the set').fill('mine');
    await page.getByRole('button', { name: 'Save these' }).click();
    await expect
      .poll(() => engine.calls.findLast(({ name }) => name === 'preferences.set')?.input)
      .toEqual({ changes: { chartSets: { mine: ['volume', 'regime', 'ema:21', 'rsi:14', 'ema:34'] } } });
    await page.getByRole('checkbox', { name: 'EMA 21' }).uncheck();
    await page.getByRole('button', { name: 'Use mine' }).click();
    await expect.poll(() => page.getByRole('checkbox', { name: 'EMA 21' }).isChecked()).toBe(true);
    await page.getByLabel('With other numbers').fill('nonsense');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Write a name and its numbers, such as ema:34.').waitFor();
  });

  it('lists patterns with the candle they close on, prices with their age, price alerts, and says why there is no book', async () => {
    const open = await openWindow({ route: '/market' });
    const { page, engine } = open;
    const reading = await engine.handlers['market.reading']({ instrument: 'BTC/USDT', limit: 500 });
    await page.locator('[data-pattern="double-top"]').waitFor();
    expect(await page.locator('[data-pattern]').count()).toBe(reading.patterns.length);
    await page.getByTestId('chart-summary').filter({ hasText: 'Regime at the end: Trending down.' }).waitFor();
    expect(await page.locator('[data-quote="ETH/USDT"]').innerText()).toMatch(/3,421\.55[\s\S]*−0\.80%[\s\S]*2m/);
    await page.getByRole('region', { name: 'Price alerts' }).getByRole('button', { name: 'Tell me' }).waitFor();
    await page.getByText(/A simulated market has candles and no order book/).waitFor();
    await page.getByRole('button', { name: 'Show ETH/USDT' }).click();
    await expect
      .poll(() => engine.calls.findLast(({ name }) => name === 'market.chart')?.input)
      .toMatchObject({ instrument: 'ETH/USDT' });
  });

  it('shows the book and the tape of a run on live prices', async () => {
    const open = await openWindow({ route: '/market' });
    const { page } = open;
    await page.getByRole('combobox', { name: 'Candles of' }).click();
    await page.getByRole('option', { name: /Run 5/ }).click();
    const panel = page.getByRole('region', { name: 'Book and tape' });
    await panel.getByText('64,408.10').first().waitFor();
    await panel.getByText(/^Spread 0\.1/).waitFor();
    await panel.getByText('at BINANCE').waitFor();
  });

  it('changes the interval and the zoom by keys on the chart', async () => {
    const open = await openWindow({ route: '/market' });
    const { page, engine } = open;
    await page.getByRole('application').focus();
    await page.keyboard.press(']');
    await expect
      .poll(() => engine.calls.findLast(({ name }) => name === 'market.chart')?.input)
      .toMatchObject({ interval: '4h' });
    await page.keyboard.press('+');
    await page.keyboard.press('-');
    await page.keyboard.press('0');
  });
});
