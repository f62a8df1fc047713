import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { goTo } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: what a press needs, and the labels of simulated money');

/** Which control puts a row right, as it can be found on its screen. */
const CONTROL = {
  reconciled: '[data-fix="health"]',
  journal: '[data-fix="health"]',
  data: '[data-fix="health"]',
  instrument: '[data-fix="instrument"]',
  account: '[data-fix="portfolio"]',
  limits: '[data-fix="portfolio"]',
  mode: '[data-fix="mode"]',
  gate: '[data-fix="resume"]',
  analyst: '[data-fix="health"]',
} as const;

describe.skipIf(left)('what a press needs', () => {
  const openWindow = useWindows();

  it('is named when it is broken, keeps the button from doing anything, and leads to what puts it right', async () => {
    const open = await openWindow();
    const { page, engine } = open;
    for (const [name, control] of Object.entries(CONTROL)) {
      await goTo(page, '/');
      // Only while the gate is shut is there something to resume.
      const shut = name === 'gate';
      engine.set(
        shut
          ? { tradingState: 'halted', mode: 'emergency', haltReason: 'a test' }
          : { tradingState: 'active', mode: 'full', haltReason: null },
      );
      engine.breakPreflight(name as keyof typeof CONTROL);
      const row = page.locator(`[data-row="${name}"][data-state="blocked"]`);
      await row.waitFor();
      expect(await row.textContent()).toContain(`${name} is broken`);
      const spawn = page.getByTestId('spawn');
      expect(await spawn.getAttribute('aria-disabled')).toBe('true');
      const why = page.locator(`[id="${await spawn.getAttribute('aria-describedby')}"]`);
      await expect.poll(() => why.textContent()).toContain(`${name} is broken. Mend ${name}.`);
      await spawn.click({ force: true });
      await page.keyboard.press('Control+Enter');
      await row.getByRole('button').click();
      const inControl = (): Promise<boolean> =>
        page.evaluate((selector) => document.activeElement?.closest(selector) != null, control);
      await expect.poll(inControl, { message: name }).toBe(true);
    }
    expect(engine.calls.filter((call) => call.name === 'cycle.start')).toEqual([]);
  });

  it('lets a press through again when nothing is broken any more', async () => {
    const open = await openWindow();
    const { page, engine } = open;
    engine.breakPreflight('journal');
    await page.locator('[data-row="journal"][data-state="blocked"]').waitFor();
    engine.breakPreflight(null);
    await page.locator('[data-row="journal"][data-state="ready"]').waitFor();
    await page.getByTestId('spawn').click();
    await expect.poll(() => engine.calls.filter((call) => call.name === 'cycle.start').length).toBe(1);
  });
});
