import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import { graveFaults } from './support/grave-faults.ts';
import { IMPORTED } from './support/scripted-measurements.ts';
import type { OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: measurements of the lab');

const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
};

describe.skipIf(left)('measurements in the lab', () => {
  const openWindow = useWindows();
  let open: OpenWindow | undefined;

  const start = async (route = '/lab') => {
    open = await openWindow({ route, imported: IMPORTED });
    return open;
  };
  const sent = (name: string) =>
    (open as OpenWindow).engine.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('measures the chosen families on imported candles, goes on while another screen is open, and is stopped', async () => {
    const { page } = await start();
    await page.getByText('New measurement of families…').click();
    const form = page.getByRole('form', { name: 'Measure all families' });
    expect(await form.textContent()).toContain('No regime of the past lies in the simulated market');
    await form.getByRole('combobox', { name: 'Candles' }).click();
    await page.getByRole('option', { name: 'BTC/USDT 1h' }).click();
    await form.getByLabel('Trend following').check();
    await form.getByLabel('Fee').fill('x');
    expect(await form.getByRole('button', { name: 'Start measuring' }).isDisabled()).toBe(true);
    await form.getByLabel('Fee').fill('12.5');
    await form.getByRole('button', { name: 'Start measuring' }).click();
    const shown = page.getByRole('region', { name: 'Measurement M-0000000000b2' });
    await shown.getByText('It goes on in the engine', { exact: false }).waitFor();
    expect(sent('lab.measureFamilies')).toEqual([
      {
        market: { kind: 'imported' },
        instrument: 'BTC/USDT',
        interval: '1h',
        feeBps: '12.5',
        only: ['trend-following'],
      },
    ]);
    expect(await shown.textContent()).toContain('3 of 8 families');
    // Nobody starts a second one meanwhile.
    expect(await form.getByRole('button', { name: 'Start measuring' }).isDisabled()).toBe(true);

    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('heading', { name: 'Journal' }).waitFor();
    await page.getByRole('link', { name: 'Lab' }).click();
    const row = page.getByRole('row', { name: /M-0000000000b2/ });
    await row.getByText('running').waitFor();
    await row.getByRole('button', { name: 'Stop M-0000000000b2' }).click();
    await row.getByText('canceled').waitFor();
    expect(sent('lab.stopMeasurement')).toEqual([{ id: 'M-0000000000b2' }]);
    // Who stopped it knows why it ended: it is no error of the form.
    expect(await page.getByText('was stopped before its end').count()).toBe(0);
  });

  it('reads the report of the families: n, intervals, hindsight beside deflation, what was left out and why', async () => {
    const { page } = await start('/lab/M-0000000000a1');
    const shown = page.getByRole('region', { name: 'Measurement M-0000000000a1' });
    const trend = shown.locator('tr[data-family="trend-following"]');
    await trend.waitFor();
    const text = (await trend.textContent()) ?? '';
    for (const part of ['1 of 2', '1.49', '0.59 .. 2.39', '93.00%', '61.00%', '+0.60%', 'n 60', 'n 110'])
      expect(text).toContain(part);
    expect(await shown.locator('tr[data-family="sentiment"]').textContent()).toContain('Not played: it needs news');
    await shown.locator('summary', { hasText: 'Trend following' }).click();
    const windows = shown.getByRole('region', { name: 'Windows of Trend following' });
    expect(await windows.textContent()).toContain('Crash');
    expect(await windows.textContent()).toContain('−38.00%');
    expect(await shown.getByRole('region', { name: 'Walk-forward of Trend following' }).textContent()).toContain(
      'none',
    );
    expect(await shown.getByText('2, best by hindsight').isVisible()).toBe(true);
    expect(await graveFaults(page)).toEqual([]);
  });

  it('measures arbitrage between two venues, says that it never orders, and shows each sieve', async () => {
    const { page } = await start();
    await page.getByText('New measurement of arbitrage…').click();
    const form = page.getByRole('form', { name: 'Measure arbitrage' });
    await form.getByRole('button', { name: 'Start measuring' }).click();
    expect(await form.getByText('small letters, digits and hyphens').count()).toBe(2);
    expect(sent('lab.arbitrage')).toEqual([]);
    await choose(page, 'Market 1', 'kraken BTC/USDT');
    await form.getByLabel('Taker fee').first().fill('26');
    await form.getByLabel('Venue').fill('binanceus');
    await form.getByLabel('Pair').fill('btc/usdt');
    await form.getByLabel('Path of the file').fill('/nowhere.csv');
    await form.getByLabel('From seeing to acting').fill('2');
    await form.getByRole('button', { name: 'Start measuring' }).click();
    await form.getByText('there is no such file', { exact: false }).waitFor();
    await choose(page, 'Market 2', 'binance BTC/USDT');
    await form.getByRole('button', { name: 'Start measuring' }).click();
    const shown = page.getByRole('region', { name: 'Measurement M-0000000000c3' });
    await shown.getByText('Detect-only: this family never sends an order.').waitFor();
    expect(sent('lab.arbitrage').at(-1)).toMatchObject({
      markets: [
        { venue: 'kraken', instrument: 'BTC/USDT', feeBps: '26' },
        { venue: 'binance', instrument: 'BTC/USDT' },
      ],
      interval: '1m',
      latency: 2,
    });
    const sieve = (await shown.locator('tr[data-pair]').first().textContent()) ?? '';
    for (const part of ['1,440', '912', '120', '14', '1.24%', '0.31%']) expect(sieve).toContain(part);
    expect(await shown.getByRole('region', { name: 'What simulated trades came to' }).last().textContent()).toContain(
      '−12.40',
    );
    expect(await graveFaults(page)).toEqual([]);
  });

  it('saves the report of a measurement and every table of a run as files', async () => {
    const { page } = await start('/lab/M-0000000000a1');
    const save = async (name: string): Promise<readonly [string, string]> => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name }).click();
      const download = await waiting;
      return [download.suggestedFilename(), readFileSync(await download.path(), 'utf8')];
    };
    expect(await save('Save report of M-0000000000a1 (HTML)')).toEqual([
      'M-0000000000a1.html',
      'the html of M-0000000000a1',
    ]);
    await page.getByText('M-0000000000a1.html was handed over to be saved.').waitFor();
    await page.getByRole('link', { name: 'B-000000000001' }).click();
    expect(await save('Save trades of B-000000000001 (CSV)')).toEqual([
      'B-000000000001-trades.csv',
      'the trades of B-000000000001',
    ]);
  });
});
