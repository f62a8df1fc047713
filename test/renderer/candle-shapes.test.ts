import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { PALETTES } from '#shared/contract/preferences.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: candles without colour');

/** A candle of the chart as the legend tells it, and where it stands, in pixels of the chart. */
type Standing = { readonly x: number; readonly width: number; readonly rises: boolean };
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Body = { readonly rises: boolean; readonly height: number; readonly ink: number; readonly light: number };

const numbersOf = (texts: readonly string[]): readonly number[] =>
  texts.map((text) => Number(text.replaceAll(',', '')));

/** Moves along the chart between `from` and `until` and asks the legend which candle is there. */
async function standing(page: Page, box: Box, from: number, until: number): Promise<readonly Standing[]> {
  const legend = page.locator('main [data-price]');
  const found = new Map<string, { from: number; to: number; rises: boolean }>();
  for (let x = from; x < until; x += 8) {
    await page.mouse.move(box.x + x, box.y + 60);
    // The legend follows a frame later.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const texts = (await legend.allInnerTexts()).slice(0, 4);
    const [open = 0, , , close = 0] = numbersOf(texts);
    const key = texts.join(' ');
    found.set(key, { from: found.get(key)?.from ?? x, to: x, rises: close >= open });
  }
  await page.mouse.move(2, 2);
  // The first and the last one may be cut by the edge.
  return [...found.values()]
    .slice(1, -1)
    .map(({ from, to, rises }) => ({ x: (from + to) / 2, width: to - from, rises }));
}

/** What the picture holds where each candle's body is: how much of its inside is ink, and how light it is (relative luminance). */
const bodiesIn = (table: Page, picture: Buffer, candles: readonly Standing[]): Promise<readonly Body[]> =>
  table.evaluate(
    async ({ data, standing: all }) => {
      const bytes = Uint8Array.from(atob(data), (sign) => sign.codePointAt(0) ?? 0);
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, image.width, image.height).data;
      const linear = (value: number): number => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      const light = (x: number, y: number): number => {
        const at = (y * image.width + x) * 4;
        const [r = 0, g = 0, b = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
        return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
      };
      // What most of the picture is: grid, bands and words stand on it.
      const counted = new Map<number, number>();
      for (let y = 0; y < image.height; y += 3)
        for (let x = 0; x < image.width; x += 3) counted.set(light(x, y), (counted.get(light(x, y)) ?? 0) + 1);
      const [ground = 0] = [...counted].toSorted(([, a], [, b]) => b - a)[0] ?? [];
      const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return all.flatMap(({ x, width, rises }) => {
        const columns = Array.from({ length: Math.round(width / 2) }, (_, i) => Math.round(x - width / 4) + i);
        const inkOf = (y: number): number =>
          columns.filter((column) => contrast(light(column, y), ground) > 2).length / columns.length;
        const rows = Array.from({ length: image.height }, (_, y) => y).filter((y) => inkOf(y) > 0.95);
        const [top = 0, bottom = 0] = [rows[0], rows.at(-1)];
        if (bottom - top < 10) return [];
        const inside = Array.from({ length: bottom - top - 5 }, (_, i) => top + 3 + i);
        const mean = (of: (y: number) => number): number => inside.reduce((sum, y) => sum + of(y), 0) / inside.length;
        const lightOf = (y: number): number => columns.reduce((sum, one) => sum + light(one, y), 0) / columns.length;
        return [{ rises, height: bottom - top, ink: mean(inkOf), light: mean(lightOf) }];
      });
    },
    { data: picture.toString('base64'), standing: candles },
  );

/** Where the chart stands once the panels around it have been drawn. */
async function settledBox(chart: Locator): Promise<Box> {
  let box = await chart.boundingBox();
  await expect
    .poll(
      async () => {
        const before = JSON.stringify(box);
        box = await chart.boundingBox();
        return before === JSON.stringify(box);
      },
      { interval: 250 },
    )
    .toBe(true);
  if (box === null) throw new Error('no chart');
  return box;
}

/** Nearer, until a candle is wide enough for its inside to be seen. A press before the candles have come to rest is lost, so they are looked at after each. */
async function zoomIn(page: Page, box: Box): Promise<void> {
  for (let press = 0; press < 12; press += 1) {
    // Over 40 px none stands whole between the first and the last.
    if ((await standing(page, box, 300, 348)).length === 0) return;
    await page.keyboard.press('+');
  }
  throw new Error('the chart does not come nearer');
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.skipIf(left)('candles on the chart', () => {
  const openWindow = useWindows();

  it.each(['dark', 'light'] as const)(
    'are told apart in grey and with a weakness for green, rising ones hollow and falling ones filled, in every palette, %s',
    async (theme) => {
      let seen = 0;
      for (const palette of PALETTES) {
        const { page } = await openWindow({ theme, route: '/market', preferences: { palette } });
        const chart = page.getByRole('application');
        await page.getByTestId('chart-summary').waitFor();
        await chart.focus();
        const box = await settledBox(chart);
        await zoomIn(page, box);
        const candles = await standing(page, box, 4, box.width - 90);
        const session = await page.context().newCDPSession(page);
        const table = await page.context().newPage();
        for (const type of ['achromatopsia', 'deuteranopia'] as const) {
          await session.send('Emulation.setEmulatedVisionDeficiency', { type });
          // The upper panes alone: below them stands the volume.
          const clip = { x: box.x, y: box.y, width: box.width - 90, height: Math.round(box.height * 0.72) };
          const bodies = await bodiesIn(table, await page.screenshot({ clip, scale: 'css' }), candles);
          const [up, down] = [true, false].map((rises) => bodies.filter((body) => body.rises === rises));
          const which = `${palette} ${type}`;
          expect(up?.length, which).toBeGreaterThan(0);
          expect(down?.length, which).toBeGreaterThan(0);
          seen += bodies.length;
          for (const { ink } of up ?? []) expect(ink, which).toBeLessThan(0.4);
          for (const { ink } of down ?? []) expect(ink, which).toBeGreaterThan(0.9);
          const [a, b] = [up, down].map((all) => mean((all ?? []).map(({ light }) => light)) + 0.05);
          expect(Math.max(a ?? 0, b ?? 0) / Math.min(a ?? 1, b ?? 1), which).toBeGreaterThan(3);
        }
        await table.close();
      }
      expect(seen, 'bodies that were judged').toBeGreaterThan(6 * PALETTES.length);
    },
  );
});
