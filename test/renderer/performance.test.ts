import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { axeOn } from './support/grave-faults.ts';
import { IMPORTED } from './support/scripted-measurements.ts';
import type { OpenWindow } from './support/window.ts';
import { goTo } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: performance');
const broken = new ContractError({
  code: 'rejected',
  reason: 'storage',
  message: 'the records of simulated say 1, its books say 2',
  remedy: 'run mt audit verify',
});

describe.skipIf(left)('the performance screen', () => {
  const openWindow = useWindows();
  let open: OpenWindow;

  it('shows the total with its basis, the same as the bar, and every goal with what was measured', async () => {
    open = await openWindow({ route: '/performance' });
    const { page } = open;
    const total = page.getByTestId('total-pnl');
    await total.waitFor();
    expect(await total.getAttribute('data-total')).toBe('42.18');
    expect(await total.textContent()).toContain('+42.18');
    expect(await page.getByText('equity − net deposits').first().isVisible()).toBe(true);
    expect(await page.locator('header').getByText('Total').locator('..').textContent()).toContain('+42.18');
    const stateOf = (id: string) => page.locator(`[data-target="${id}"]`).getAttribute('data-state');
    expect(await stateOf('wins')).toBe('not enough data');
    expect(await stateOf('accuracy')).toBe('not met');
    expect(await page.locator('[data-target="wins"]').textContent()).toMatch(/60\.71%.*42\.00% \.\. 76\.00%.*28/);
    expect(await page.locator('[data-target="uptime"]').textContent()).toContain('not measured');
    // The pictures say in words what they draw.
    expect(await page.getByRole('img', { name: /Days up 16, down 24, of the newest 40/ }).count()).toBe(1);
    expect(await page.getByRole('img', { name: '28 trades from −1.50 to 1.50; 17 above zero.' }).count()).toBe(1);
    expect(open.problems).toEqual([]);
  });

  it('asks the engine for another stretch of time and another account, and divides by what is chosen', async () => {
    open = await openWindow({ route: '/performance' });
    const { page, engine } = open;
    const asked = () => engine.calls.filter(({ name }) => name === 'performance.get').at(-1)?.input;
    await page.getByTestId('total-pnl').waitFor();
    expect(asked()).toEqual({ account: 'simulated', days: null });
    await page.getByRole('combobox', { name: 'Time' }).click();
    await page.getByRole('option', { name: '30 days' }).click();
    await expect.poll(asked).toEqual({ account: 'simulated', days: 30 });
    await page.getByRole('combobox', { name: 'Account' }).click();
    await page.getByRole('option', { name: 'paper on binance in USDT' }).click();
    await expect.poll(asked).toEqual({ account: 'paper on binance in USDT', days: 30 });
    await page.getByRole('combobox', { name: 'Divide by' }).first().click();
    await page.getByRole('option', { name: 'Regime' }).click();
    expect(await page.getByRole('region', { name: 'Who made it' }).first().textContent()).toContain('Trending up');
  });

  it('says what is missing on a fresh folder, and keeps the last figures beside an error', async () => {
    open = await openWindow({ route: '/performance', fresh: true });
    const { page } = open;
    await page.getByText('The curve begins with the first fill.').waitFor();
    expect(await page.getByText('Nobody has traded in this time.').isVisible()).toBe(true);
    expect(await page.getByText('No call has come due yet.').isVisible()).toBe(true);
    expect(await page.locator('[data-state="met"]').count()).toBe(0);
    await open.close();

    open = await openWindow();
    open.engine.fail('performance.get', broken);
    await goTo(open.page, '/performance');
    const alert = open.page.getByRole('alert').first();
    await alert.waitFor();
    expect(await alert.textContent()).toContain('its books say 2');
    open.engine.fail('performance.get', null);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await open.page.getByTestId('total-pnl').waitFor();
    open.engine.fail('performance.get', broken);
    await open.page.getByRole('combobox', { name: 'Time' }).click();
    await open.page.getByRole('option', { name: '7 days' }).click();
    await open.page.getByRole('alert').first().waitFor();
    expect(await open.page.getByTestId('total-pnl').isVisible()).toBe(true);
  });

  it('measures the analysts on recorded candles, on a card beside that of the calls, and says why it could not', async () => {
    open = await openWindow({ route: '/performance', imported: IMPORTED });
    const { page, engine } = open;
    const panel = page.getByRole('region', { name: 'Scorecard of the analysts' });
    await panel.getByText('Measure on recorded candles').click();
    const form = panel.getByRole('form', { name: 'Measure on recorded candles' });
    await form.getByRole('combobox', { name: 'Candles' }).click();
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['BTC/USDT 1m', 'BTC/USDT 1h']);
    await page.getByRole('option', { name: 'BTC/USDT 1h' }).click();
    await form.getByLabel('Moments, the newest').fill('5');
    expect(await form.getByRole('button', { name: 'Measure now' }).isDisabled()).toBe(true);
    await form.getByLabel('Moments, the newest').fill('60');
    engine.fail(
      'scorecard.measure',
      new ContractError({ code: 'rejected', reason: 'bad_model', message: 'the model does not answer' }),
    );
    await form.getByRole('button', { name: 'Measure now' }).click();
    await form.getByRole('alert').getByText('the model does not answer').waitFor();
    engine.fail('scorecard.measure', null);
    await form.getByRole('button', { name: 'Measure now' }).click();
    const measured = form.getByRole('region', { name: 'Measured on imported BTC/USDT 1h' });
    await measured.getByText('60 moments came due, 0 waiting').waitFor();
    expect(await form.getByRole('alert').count()).toBe(0);
    expect(engine.calls.filter(({ name }) => name === 'scorecard.measure').at(-1)?.input).toMatchObject({
      instrument: 'BTC/USDT',
      interval: '1h',
      market: { kind: 'imported' },
      moments: 60,
    });
    // The card of the calls that were made when they counted stays what it was.
    await panel.getByText('240 moments came due, 3 waiting').waitFor();
    expect((await axeOn(page, 'form[aria-label="Measure on recorded candles"]').analyze()).violations).toEqual([]);
  });

  it('shows how far a measurement of the analysts is, goes on with it on another screen, and stops it', async () => {
    open = await openWindow({ route: '/performance', imported: IMPORTED });
    const { page, engine } = open;
    await page.getByText('Measure on recorded candles').click();
    const form = page.getByRole('form', { name: 'Measure on recorded candles' });
    await form.getByLabel('Moments, the newest').fill('500');
    await form.getByRole('button', { name: 'Measure now' }).click();
    await form.getByText('45 of 500 moments').waitFor();
    expect(await form.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('9');
    expect(await form.getByRole('button', { name: 'Measuring…' }).isDisabled()).toBe(true);
    await goTo(page, '/lab');
    await page.getByRole('region', { name: 'Measurements' }).getByText('45 of 500 moments').waitFor();
    await goTo(page, '/performance');
    await page.getByText('Measure on recorded candles').click();
    await form.getByRole('button', { name: 'Stop M-0000000000d4' }).click();
    await form.getByText('It was stopped before its end: there is no result.').waitFor();
    expect(engine.calls.filter(({ name }) => name === 'lab.stopMeasurement').map(({ input }) => input)).toEqual([
      { id: 'M-0000000000d4' },
    ]);
    expect(await form.getByRole('alert').count()).toBe(0);
    expect(await form.getByRole('button', { name: 'Measure now' }).isEnabled()).toBe(true);
  });

  it('leads to where candles come from when there are none to measure on', async () => {
    open = await openWindow({ route: '/performance' });
    const { page } = open;
    await page.getByText('Measure on recorded candles').click();
    await page.getByText('No candles lie on this machine yet.', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Data and backup' }).click();
    await page.waitForURL(/#\/settings\/data$/);
  });
});
