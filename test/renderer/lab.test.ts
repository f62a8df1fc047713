import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';
import { graveFaults } from './support/grave-faults.ts';
import { openWindow } from './support/window.ts';

const left = notRunWithoutChromium('renderer tests: the lab');

const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
};

describe.skipIf(left)('the lab', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('plays a back-test as the form says, and opens its result', async () => {
    const open = await openWindow(browser, { route: '/lab' });
    const { page, engine } = open;
    await choose(page, 'Strategy', 'SMA cross');
    await page.getByLabel('Fast average', { exact: true }).fill('12');
    await page.getByRole('form', { name: 'What to play' }).getByLabel('Fee', { exact: true }).fill('7.5');
    await page.getByRole('button', { name: 'Play back-test' }).click();
    await page.getByRole('heading', { name: 'Equity and drawdown' }).waitFor();
    expect(engine.calls.find(({ name }) => name === 'lab.backtest')?.input).toEqual({
      market: { kind: 'generator', seed: 1, candles: 5000 },
      instrument: 'BTC/USDT',
      interval: '1h',
      strategy: 'sma-cross',
      feeBps: '7.5',
      params: { fast: 12 },
    });
    expect(await page.evaluate(() => location.hash)).toBe('#/lab/B-000000000003');
    expect(await page.getByRole('region', { name: 'Figures', exact: true }).first().textContent()).toContain(
      '95 % interval',
    );
    expect(open.problems).toEqual([]);
    await open.close();
  });

  it('tells each market of a run that traded several on one account, and the side of every trade', async () => {
    const open = await openWindow(browser, { route: '/lab/B-000000000002' });
    const { page } = open;
    const markets = page.getByRole('region', { name: 'Markets', exact: true }).first();
    await markets.waitFor();
    const text = await markets.textContent();
    for (const part of ['BTC/USDT.SIM 1h', 'ETH/USDT.SIM 1h', '512.25', '91.25']) expect(text).toContain(part);
    expect(await page.getByRole('region', { name: 'Trades', exact: true }).first().textContent()).toContain('long');
    expect(await graveFaults(page)).toEqual([]);
    expect(open.problems).toEqual([]);
    await open.close();
  });

  it('says what is wrong with a field beside it, and asks for nothing until it is right', async () => {
    const open = await openWindow(browser, { route: '/lab' });
    const { page, engine } = open;
    const play = page.getByRole('button', { name: /^Play/ });
    for (const [label, wrong, why, right] of [
      ['Fast average', 'quick', 'a plain number', '20'],
      ['Fast average', '900', 'from 5 to 50', ''],
      ['Fast average', '20.5', 'a whole number', '20'],
      ['Starting cash', '-5', 'an amount above zero', ''],
      ['Fee', 'NaN', 'from 0 to 1000', '0'],
      ['Seed of the market', '1e3', 'from 0', '3'],
    ] as const) {
      await page.getByLabel(label, { exact: true }).fill(wrong);
      expect(await page.getByLabel(label, { exact: true }).getAttribute('aria-invalid'), label).toBe('true');
      expect(await page.getByText(why, { exact: false }).first().isVisible(), label).toBe(true);
      expect(await play.isDisabled(), label).toBe(true);
      await page.getByLabel(label, { exact: true }).fill(right);
      expect(await play.isDisabled(), label).toBe(false);
    }
    expect(engine.calls.some(({ name }) => name === 'lab.backtest')).toBe(false);
    await open.close();
  });

  it('starts a search over spans and lists, follows it, and cancels it', async () => {
    const open = await openWindow(browser, { route: '/lab' });
    const { page, engine } = open;
    await choose(page, 'What', 'Search');
    await choose(page, 'Strategy', 'SMA cross');
    await page.getByLabel('Fast average', { exact: true }).fill('5..50:5');
    await page.getByLabel('Slow average', { exact: true }).fill('60,120');
    await choose(page, 'Method', 'grid');
    await page.getByRole('button', { name: 'Play search' }).click();
    const row = page.getByRole('row', { name: /S-0000000000cc/ });
    await row.getByText('3 of 60').waitFor();
    expect(engine.calls.find(({ name }) => name === 'lab.search')?.input).toMatchObject({
      method: 'grid',
      budget: 40,
      space: [
        { name: 'fast', from: 5, to: 50, step: 5 },
        { name: 'slow', values: [60, 120] },
      ],
    });
    await page.getByRole('button', { name: 'Cancel S-0000000000cc' }).click();
    await row.getByText('canceled').waitFor();
    await page.getByRole('button', { name: 'Resume S-0000000000cc' }).click();
    await row.getByText('running').waitFor();
    expect(open.problems).toEqual([]);
    await open.close();
  });

  it('shows progress with the time that is left, and what a walk-forward found', async () => {
    const open = await openWindow(browser, { route: '/lab/W-0000000000bb' });
    const { page, engine } = open;
    const running = page.getByRole('row', { name: /S-0000000000aa/ });
    expect(await running.textContent()).toContain('24 of 60, 42.0s left');
    expect(await running.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
    for (const title of ['Folds', 'Out of sample', 'Holdout', 'What the choice costs'])
      expect(await page.getByRole('heading', { name: title, exact: true }).isVisible(), title).toBe(true);
    await page.getByRole('button', { name: 'Open it for Fast average 15, Slow average 80' }).click();
    await expect.poll(() => engine.calls.some(({ name }) => name === 'lab.openHoldout')).toBe(true);
    await open.close();
  });

  it('compares two to four runs and says what makes it unfair', async () => {
    const open = await openWindow(browser, { route: '/lab' });
    const { page } = open;
    await page.getByLabel('Compare B-000000000001').check();
    expect(await page.getByRole('button', { name: 'Compare 1 marked' }).isDisabled()).toBe(true);
    await page.getByLabel('Compare B-000000000002').check();
    expect(await page.getByLabel('Compare B-0000000000fa').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Compare 2 marked' }).click();
    const table = page.getByRole('region', { name: 'Comparison' }).last().getByRole('table');
    await table.waitFor();
    expect(await table.getByRole('columnheader').allTextContents()).toEqual([
      'Figure',
      'B-000000000001',
      'B-000000000002',
    ]);
    expect(await page.getByText('! The limits or cost profiles differ.').isVisible()).toBe(true);
    expect(
      await page.getByRole('img', { name: /B-000000000001 \(solid\), B-000000000002 \(dashed\)/ }).isVisible(),
    ).toBe(true);
    expect(await graveFaults(page)).toEqual([]);
    expect(open.problems).toEqual([]);
    await open.close();
  });

  it('tells why a run was refused where it was asked for, and keeps the form', async () => {
    const open = await openWindow(browser, { route: '/lab' });
    const { page, engine } = open;
    engine.fail(
      'lab.backtest',
      new ContractError({
        code: 'rejected',
        reason: 'refused',
        message: 'the run failed and has no result: it lost its way',
        remedy: 'Correct the strategy.',
      }),
    );
    await page.getByLabel('Fast average', { exact: true }).fill('9');
    await page.getByRole('button', { name: 'Play back-test' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('it lost its way');
    expect(await alert.textContent()).toContain('Correct the strategy.');
    expect(await page.getByLabel('Fast average', { exact: true }).inputValue()).toBe('9');
    await open.close();
  });

  it('is empty with one thing to do on a fresh folder, at 200 % zoom too', async () => {
    const open = await openWindow(browser, { route: '/lab', fresh: true, width: 1024, height: 680, zoom: 2 });
    const { page } = open;
    await page.getByText('Nothing has been played yet. Choose a strategy in Play.').waitFor();
    expect(await page.getByText('No search yet.', { exact: false }).isVisible()).toBe(true);
    expect(await graveFaults(page)).toEqual([]);
    await open.close();
  });
});
