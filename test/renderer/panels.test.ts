import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { overflow } from './support/look-checks.ts';
import { type OpenWindow, settle } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the parts of the Market screen');

const SIDE = 'Width of the panels beside the chart';
const LOWER = 'Height of the panels below the chart';
const PATTERNS = 'Width of the patterns';
const BOOK = 'Height of book and tape';

const bar = (page: Page, name: string): Locator => page.getByRole('separator', { name });
const panel = (page: Page, name: string | RegExp): Locator => page.getByRole('region', { name });
async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  return box;
}
const width = async (part: Locator): Promise<number> => (await boxOf(part)).width;
const height = async (part: Locator): Promise<number> => (await boxOf(part)).height;
const chart = (page: Page): Locator => panel(page, /^BTC\/USDT 1h/);
const kept = ({ engine }: OpenWindow): readonly unknown[] =>
  engine.calls.filter(({ name }) => name === 'preferences.set').map(({ input }) => input);
const keeps = (sizes: Readonly<Record<string, number>>, locked = false) => ({
  changes: { layouts: { market: { locked, sizes } } },
});

/** Carries a bar by so many pixels. */
async function carry(page: Page, name: string, dx: number, dy: number): Promise<void> {
  const { x, y, width: w, height: h } = await boxOf(bar(page, name));
  await page.mouse.move(x + w / 2, y + h / 2);
  await page.mouse.down();
  await page.mouse.move(x + w / 2 + dx, y + h / 2 + dy, { steps: 4 });
  await page.mouse.up();
}

/** Panels that the screen or the part they lie in cuts off, where neither of them scrolls. */
const cut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const main = document.querySelector('main')?.getBoundingClientRect();
    return [...document.querySelectorAll<HTMLElement>('main [data-panel]')].flatMap((one) => {
      const box = one.getBoundingClientRect();
      const title = one.querySelector('h2')?.textContent ?? '';
      const cell = one.parentElement?.closest('div:not(.contents)')?.getBoundingClientRect();
      if (main === undefined || cell === undefined) return [title];
      const wide = box.left < main.left || box.right > main.right || box.right > cell.right + 1;
      return wide || one.scrollWidth > one.clientWidth ? [title] : [];
    });
  });

describe.skipIf(left)('the parts of the Market screen', () => {
  const openWindow = useWindows();

  it('are made wider and higher with the pointer, kept once each, and the chart is laid out anew, not made anew', async () => {
    const open = await openWindow({ route: '/' });
    const { page, engine } = open;
    await settle(page, '/market');
    await page.getByTestId('chart-summary').waitFor();
    await page.locator('main canvas').first().waitFor();
    await page.locator('main canvas').evaluateAll((all) => all.forEach((one) => one.setAttribute('data-first', '')));
    const asked = engine.calls.filter(({ name }) => name.startsWith('market.')).length;
    const before = [await width(chart(page)), await height(chart(page))] as const;

    await carry(page, SIDE, -80, 0);
    await expect.poll(() => width(chart(page))).toBe(before[0] - 80);
    await expect.poll(() => kept(open)).toEqual([keeps({ side: 416 })]);
    await carry(page, LOWER, 0, 60);
    await expect.poll(() => height(chart(page))).toBe(before[1] + 60);
    await expect.poll(() => kept(open).at(-1)).toEqual(keeps({ side: 416, lower: 148 }));
    await carry(page, PATTERNS, 40, 0);
    await expect.poll(() => kept(open).at(-1)).toEqual(keeps({ side: 416, lower: 148, patterns: 312 }));
    expect(kept(open)).toHaveLength(3);

    expect(await page.locator('main canvas:not([data-first])').count()).toBe(0);
    expect(engine.calls.filter(({ name }) => name.startsWith('market.')).length).toBe(asked);
    // The canvas went along.
    const drawn = await page.getByRole('application').boundingBox();
    expect(drawn?.width).toBeLessThanOrEqual(before[0] - 80);
    await bar(page, SIDE).dblclick();
    await expect.poll(() => kept(open).at(-1)).toEqual(keeps({ lower: 148, patterns: 312 }));
    await expect.poll(() => width(chart(page))).toBe(before[0]);
    expect(open.problems).toEqual([]);
  });

  it('at 1024 x 680 go with the keys as far as the fewest that every part needs, and nothing is cut', async () => {
    const open = await openWindow({ width: 1024, height: 680 });
    const { page } = open;
    await settle(page, '/market');
    const side = bar(page, SIDE);
    await side.focus();
    expect(await side.getAttribute('aria-orientation')).toBe('vertical');
    const value = async (of: Locator) => Number(await of.getAttribute('aria-valuenow'));
    const first = await value(side);
    await side.press('ArrowLeft');
    expect(await value(side)).toBe(first + 16);
    await side.press('Shift+ArrowRight');
    await side.press('ArrowRight');
    expect(await value(side)).toBe(Math.max(272, first - 96));
    // Several presses are one change.
    await expect.poll(() => kept(open).length).toBe(1);
    for (const name of [SIDE, LOWER, PATTERNS]) {
      const one = bar(page, name);
      await one.focus();
      for (const [key, bound] of [
        ['Home', 'aria-valuemin'],
        ['End', 'aria-valuemax'],
      ] as const) {
        await one.press(key);
        expect(await value(one), `${name} ${key}`).toBe(Number(await one.getAttribute(bound)));
        expect(await overflow(page), `${name} ${key}`).toEqual([]);
        expect(await cut(page), `${name} ${key}`).toEqual([]);
        expect(await width(chart(page)), `${name} ${key}`).toBeGreaterThanOrEqual(480);
        expect(await height(chart(page)), `${name} ${key}`).toBeGreaterThanOrEqual(352);
        expect(await height(page.getByRole('application')), `${name} ${key}`).toBeGreaterThan(110);
      }
    }
    expect(open.problems).toEqual([]);
  });

  it('come back as they were kept, within what a smaller window has room for', async () => {
    const market = { locked: false, sizes: { side: 9_000, lower: 9_000, patterns: 300 } };
    const open = await openWindow({ width: 1024, height: 680, preferences: { layouts: { market } } });
    const { page } = open;
    await settle(page, '/market');
    expect(await width(chart(page))).toBe(480);
    expect(await height(chart(page))).toBe(352);
    expect(await cut(page)).toEqual([]);
    const one = bar(page, SIDE);
    await one.focus();
    expect(await one.getAttribute('aria-valuetext')).toBe(`${await one.getAttribute('aria-valuemax')} pixels`);
    expect(kept(open)).toEqual([]);
  });

  it('stand still while the layout is locked, and go back to how they were', async () => {
    const open = await openWindow({ preferences: { layouts: { market: { locked: false, sizes: { side: 500 } } } } });
    const { page } = open;
    await settle(page, '/market');
    const before = await width(chart(page));
    await page.getByRole('switch', { name: 'Lock layout' }).click();
    await expect.poll(() => kept(open).at(-1)).toEqual(keeps({ side: 500 }, true));
    await expect.poll(() => page.getByRole('separator').count()).toBe(0);
    const reset = page.getByRole('button', { name: 'Reset layout' });
    // A button that only looks off is still pressed by a hand that does not see it.
    await reset.click({ force: true });
    expect(kept(open)).toHaveLength(1);
    expect(await width(chart(page))).toBe(before);
    await page.getByRole('switch', { name: 'Lock layout' }).click();
    await bar(page, SIDE).waitFor();
    await reset.click();
    await expect.poll(() => kept(open).at(-1)).toEqual(keeps({}));
    await expect.poll(() => width(chart(page))).toBe(before + 500 - 336);
    await expect.poll(() => reset.getAttribute('aria-disabled')).toBe('true');
  });

  it('say why a size was not kept, and take it back', async () => {
    const open = await openWindow({});
    const { page, engine } = open;
    await settle(page, '/market');
    const before = await width(chart(page));
    engine.fail('preferences.set', new ContractError({ code: 'internal', message: 'the disk is full' }));
    await carry(page, SIDE, -50, 0);
    await page.getByRole('main').getByRole('alert').getByText('The engine failed to answer').waitFor();
    await expect.poll(() => width(chart(page))).toBe(before);
    expect(await bar(page, SIDE).getAttribute('aria-valuenow')).toBe('336');
  });

  it('give book and tape a height of their own where there is a book', async () => {
    const open = await openWindow({});
    const { page } = open;
    await settle(page, '/market');
    expect(await bar(page, BOOK).count()).toBe(0);
    await page.getByRole('combobox', { name: 'Candles of' }).click();
    await page.getByRole('option', { name: /Run 5/ }).click();
    await bar(page, BOOK).waitFor();
    expect(await height(panel(page, 'Book and tape'))).toBe(320);
    await bar(page, BOOK).focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => height(panel(page, 'Book and tape'))).toBe(336);
    // What is pressed last is kept also when the screen is left at once.
    await page.keyboard.press('ArrowUp');
    await settle(page, '/agents');
    await expect.poll(() => kept(open).at(-1)).toEqual(keeps({ book: 352 }));
  });

  it('lie below each other in a narrow window, without bars', async () => {
    const { page } = await openWindow({ width: 1024, height: 680, zoom: 2 });
    await settle(page, '/market');
    expect(await page.getByRole('separator').count()).toBe(0);
    const above = await boxOf(chart(page));
    const below = await boxOf(panel(page, 'Trades'));
    expect(below.y).toBeGreaterThan(above.y + above.height);
    expect(above.height).toBeGreaterThanOrEqual(480);
  });
});
