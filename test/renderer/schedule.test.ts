import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { axeOn } from './support/grave-faults.ts';
import { settle } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the schedule of the press');

describe.skipIf(left)('the schedule on Command', () => {
  const openWindow = useWindows();

  it('says that it is off, is switched on for what stands above, and tells the next run with its zone', async () => {
    const { page, engine } = await openWindow();
    await settle(page, '/');
    const next = page.getByTestId('schedule-next');
    await expect.poll(() => next.textContent()).toBe('Off: the engine presses only when you do.');
    await page.getByRole('switch', { name: 'Schedule' }).click();
    await expect.poll(() => next.textContent()).toMatch(/^Next scheduled run .*\d\d:00 \S+.* · BTC\/USDT 5m$/);
    expect(await page.getByRole('switch', { name: 'Schedule' }).getAttribute('aria-checked')).toBe('true');
    expect(engine.calls.filter(({ name }) => name === 'schedule.set').map(({ input }) => input)).toEqual([
      { on: true, instrument: 'BTC/USDT', interval: '5m', by: 'window' },
    ]);
    expect((await axeOn(page, '[data-testid="schedule"]').analyze()).violations).toEqual([]);
  });

  it('changes how often, by the keyboard too, and is switched off in one press', async () => {
    const { page, engine } = await openWindow();
    await settle(page, '/');
    await page.getByRole('switch', { name: 'Schedule' }).focus();
    await page.keyboard.press('Space');
    await page.locator('[data-testid="schedule"][data-on="true"]').waitFor();
    await page.getByRole('combobox', { name: 'Every' }).click();
    await page.getByRole('option', { name: '4 hours', exact: true }).click();
    await expect.poll(() => page.getByRole('combobox', { name: 'Every' }).textContent()).toBe('4 hours');
    await page.getByRole('switch', { name: 'Schedule' }).click();
    await page.locator('[data-testid="schedule"][data-on="false"]').waitFor();
    expect(engine.calls.filter(({ name }) => name === 'schedule.set').map(({ input }) => input)).toEqual([
      expect.objectContaining({ on: true }),
      { on: true, everyMinutes: 240, by: 'window' },
      { on: false, by: 'window' },
    ]);
  });

  it('stays on in manual and says why nothing comes, until the mode is another', async () => {
    const { page, engine } = await openWindow();
    await settle(page, '/');
    await page.getByRole('switch', { name: 'Schedule' }).click();
    await page.locator('[data-testid="schedule"][data-on="true"]').waitFor();
    const next = page.getByTestId('schedule-next');
    engine.set({ mode: 'manual' });
    await expect.poll(() => next.textContent()).toBe('Paused: mode manual · BTC/USDT 5m');
    engine.set({ tradingState: 'halted', mode: 'emergency', haltReason: 'a test' });
    await expect.poll(() => next.textContent()).toBe('Paused: trading is halted · BTC/USDT 5m');
    engine.set({ tradingState: 'active', mode: 'full', haltReason: null });
    await expect.poll(() => next.textContent()).toMatch(/^Next scheduled run/);
  });

  it('is told in Swahili', async () => {
    const { page } = await openWindow({ preferences: { language: 'sw' } });
    await settle(page, '/');
    await page.getByRole('switch', { name: 'Ratiba' }).click();
    await expect.poll(() => page.getByTestId('schedule-next').textContent()).toMatch(/^Uchambuzi ujao wa ratiba/);
  });
});
