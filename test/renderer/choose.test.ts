import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import type { OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: an agent of the master');

describe.skipIf(left)('an agent that the master chooses himself', () => {
  const openWindow = useWindows();
  const asked = (open: OpenWindow, name: string) =>
    open.engine.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('is filled in with its bounds, shows its brief as it is typed, and is started as it stands there', async () => {
    const open = await openWindow({ fresh: true });
    const { page } = open;
    await page.getByRole('button', { name: 'Choose yourself…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Choose an agent for BTC/USDT' });
    const brief = sheet.getByTestId('choice-brief');
    await brief.waitFor();
    expect(await brief.innerText()).toContain('50.00');
    expect(await sheet.innerText()).toContain('at most 2500');
    await sheet.getByLabel('Risk per trade in %').fill('0.2');
    await expect.poll(() => brief.innerText()).toContain('20.00');
    const start = sheet.getByRole('button', { name: 'Approve & start this agent' });

    await sheet.getByLabel('Budget in USDT').fill('2600');
    await sheet.getByText('at most 2500 USDT').waitFor();
    expect(await start.isDisabled()).toBe(true);
    await sheet.getByLabel('Budget in USDT').fill('two');
    await sheet.getByText('Not a plain number.').waitFor();
    expect(await start.isDisabled()).toBe(true);
    await sheet.getByLabel('Budget in USDT').fill('400');
    await expect.poll(() => start.isDisabled()).toBe(false);
    await start.click();
    await sheet.waitFor({ state: 'detached' });
    expect(asked(open, 'cycle.start')).toMatchObject([
      {
        instrument: 'BTC/USDT',
        chosen: { family: 'trend-following', limits: { budget: '400', riskPerTrade: '0.002' } },
      },
    ]);
  });

  it('is taken up after an earlier one, with what that one had', async () => {
    const open = await openWindow({ route: '/agents/A-7d10e4c5' });
    const { page } = open;
    await page.getByRole('button', { name: 'Clone…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Choose an agent for ETH/USDT' });
    await sheet.getByText('After A-7d10e4c5.').waitFor();
    expect(await sheet.getByLabel('Budget in USDT').inputValue()).toBe('1800');
    await sheet.getByRole('button', { name: 'Approve & start this agent' }).click();
    await sheet.waitFor({ state: 'detached' });
    expect(asked(open, 'cycle.start')).toMatchObject([{ chosen: { parent: 'A-7d10e4c5' } }]);
  });

  it('fits into the smallest window', async () => {
    const { page } = await openWindow({ fresh: true });
    await page.setViewportSize({ width: 1024, height: 680 });
    await page.getByRole('button', { name: 'Choose yourself…' }).click();
    await page.getByTestId('choice-brief').waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    const shots = process.env['CHOOSE_SHOT'];
    if (shots !== undefined) await page.screenshot({ path: shots });
  });
});
