import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { settle } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the environment');

/** Ways to each dialog of the window. */
const DIALOGS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the shortcuts': (page) => page.keyboard.press('?'),
  'the palette': (page) => page.keyboard.press('Control+k'),
  'the alerts': (page) => page.keyboard.press('Control+Shift+A'),
  'the modes': (page) => page.keyboard.press('Control+4'),
  'the ways to stop': (page) => page.getByRole('button', { name: 'Stop…' }).press('Enter'),
  'the passphrase': (page) => page.getByRole('button', { name: 'Not protected' }).press('Enter'),
  'a lesson': async (page) => {
    await settle(page, '/memory');
    await page.locator('main tbody button').first().press('Enter');
  },
  'the kill switch': async (page) => {
    await page.keyboard.press('Control+Shift+X');
    await page.keyboard.press('Control+Shift+X');
  },
};

/** Dialogs of Settings, with where and by which button each is opened. */
const OF_SETTINGS = [
  ['/settings/security', 'Enrol an app'],
  ['/settings/security', 'Change it'],
  ['/settings/security', 'Make a new code'],
  ['/settings/exchanges', 'Add a key'],
  ['/settings/exchanges', 'Add an account'],
] as const;

/** Whether the chip is whole inside the window and nothing lies on it. */
const inSight = (page: Page): Promise<boolean> =>
  page.getByTestId('env').evaluate((chip) => {
    const box = chip.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const inside = box.x >= 0 && box.y >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
    return inside && top !== null && chip.contains(top);
  });

describe.skipIf(left)('the environment', () => {
  const openWindow = useWindows();

  it.each([
    [1024, 680, 1],
    [1440, 900, 2],
  ])('is named in sight, uncovered, beside every dialog, at %i x %i, zoom %i', async (width, height, zoom) => {
    for (const [name, show] of Object.entries(DIALOGS)) {
      // On a narrow window some of the ways are keys alone.
      if (zoom > 1 && /lesson|stop|passphrase/.test(name)) continue;
      const { page } = await openWindow({ width, height, zoom });
      await page.getByTestId('mode').or(page.getByTestId('spawn')).first().waitFor();
      await show(page);
      await page.getByRole('dialog').first().waitFor();
      expect(await inSight(page), name).toBe(true);
      expect(await page.getByTestId('env').textContent(), name).toBe('SIMULATED');
    }
  });

  it.each([
    [1024, 680],
    [1440, 900],
  ])('is named in sight, uncovered, beside every dialog of Settings, at %i x %i', async (width, height) => {
    const { page } = await openWindow({ width, height, vault: 'unlocked', venues: true });
    for (const [route, name] of OF_SETTINGS) {
      await settle(page, route);
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      expect(await inSight(page), name).toBe(true);
      expect(await page.getByTestId('env').textContent(), name).toBe('SIMULATED');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  it.each([
    ['simulated', 'SIMULATED'],
    ['paper', 'PAPER'],
    ['shadow', 'SHADOW'],
    ['live', 'LIVE'],
  ] as const)('is named while the vault is sealed, as the last one known: %s', async (lastEnvironment, word) => {
    const { page, engine } = await openWindow({ vault: 'sealed', width: 1024, height: 680 });
    engine.setVault({ lastEnvironment });
    await page.getByTestId('env').getByText(word, { exact: true }).waitFor();
    expect(await inSight(page)).toBe(true);
    expect(await page.getByTestId('env').locator('svg').count()).toBe(1);
    await page.getByText('when it was last open').waitFor();
  });

  it('follows the engine in word, and differs in shape alone: pairwise in grey pictures', async () => {
    const { page, engine } = await openWindow({ width: 1440, height: 900 });
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'achromatopsia' });
    const pictures = new Map<string, string>();
    for (const [environment, word] of [
      ['simulated', 'SIMULATED'],
      ['paper', 'PAPER'],
      ['shadow', 'SHADOW'],
      ['live', 'LIVE'],
    ] as const) {
      engine.set({ environment });
      await page.getByTestId('env').getByText(word, { exact: true }).waitFor();
      pictures.set(
        word,
        (await page.getByTestId('env').locator('svg').screenshot({ scale: 'css' })).toString('base64'),
      );
    }
    // A page of its own, because the policy of the window's page takes no pictures from outside.
    const table = await page.context().newPage();
    const shapes = await table.evaluate(
      (given) =>
        Promise.all(
          given.map(async (data) => {
            const bytes = Uint8Array.from(atob(data), (sign) => sign.codePointAt(0) ?? 0);
            const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
            const canvas = new OffscreenCanvas(11, 11);
            const context = canvas.getContext('2d');
            context?.drawImage(image, 0, 0, 11, 11);
            const pixels = context?.getImageData(0, 0, 11, 11).data ?? new Uint8ClampedArray();
            const grey = Array.from({ length: 121 }, (_, at) => pixels[at * 4] ?? 0);
            const [least, most] = [Math.min(...grey), Math.max(...grey)];
            // Only the shape is left: which pixels are drawn, whatever their lightness and whichever of the two is the ground.
            return grey.map((value) => value > (least + most) / 2);
          }),
        ),
      [...pictures.values()],
    );
    const words = [...pictures.keys()];
    for (const [i, one] of shapes.entries())
      for (const [j, other] of shapes.entries()) {
        if (j <= i) continue;
        const differ = one.filter((drawn, at) => drawn !== other[at]).length;
        const inverted = one.length - differ;
        // Neither the same picture nor its negative.
        expect(Math.min(differ, inverted), `${words[i]} and ${words[j]}`).toBeGreaterThan(12);
      }
    await table.close();
  });
});
