import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { goTo, type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: orders by hand');

const fill = async (page: Page): Promise<void> => {
  await page.getByLabel('Quantity, BTC').fill('0.01');
  await page.getByLabel('Stop', { exact: true }).fill('63000');
  await page.getByTestId('gate').waitFor();
};
const sent = (open: OpenWindow, name: string): readonly { readonly key?: string }[] =>
  open.engine.calls.filter((call) => call.name === name).map(({ input }) => input as { readonly key?: string });

describe.skipIf(left)('an order by hand', () => {
  const openWindow = useWindows();

  it('shows what it would cost and lose and what the gate would say, and sends what it has shown', async () => {
    const open = await openWindow({ route: '/market' });
    const { page } = open;
    await fill(page);
    const ticket = page.getByTestId('ticket');
    expect(await ticket.innerText()).toMatch(/Worth\s+644\.08\sUSDT/);
    expect(await ticket.innerText()).toMatch(/Lost at the stop\s+12\.88\sUSDT/);
    await page.getByTestId('place-order').click();
    await page.getByText('Buy 0.01 BTC/USDT: Filled').waitFor();
    expect(sent(open, 'orders.place')).toMatchObject([
      { account: 'simulated', instrument: 'BTC/USDT', side: 'buy', quantity: '0.01', stop: '63000' },
    ]);
  });

  it('is one order for Enter five times and a double click', async () => {
    const open = await openWindow({ route: '/market' });
    const { page } = open;
    await fill(page);
    const release = open.engine.stall('orders.place');
    await page.getByLabel('Stop', { exact: true }).focus();
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('Enter');
    await page.getByTestId('place-order').dblclick({ force: true });
    release();
    await page.getByText('Buy 0.01 BTC/USDT: Filled').waitFor();
    expect(sent(open, 'orders.place')).toHaveLength(1);
  });

  it('keeps its key when the answer was lost, so that trying again is the same order', async () => {
    const open = await openWindow({ route: '/market' });
    const { page } = open;
    await fill(page);
    open.engine.fail(
      'orders.place',
      new ContractError({ code: 'rejected', reason: 'timeout', message: 'no answer came', remedy: 'try again' }),
    );
    await page.getByTestId('place-order').click();
    await page.getByText('No answer came').waitFor();
    open.engine.fail('orders.place', null);
    await page.getByTestId('place-order').click();
    await page.getByText('Buy 0.01 BTC/USDT: Filled').waitFor();
    const [first, second] = sent(open, 'orders.place');
    expect(first?.key).toMatch(/^[\w-]{36}$/);
    expect(second?.key).toBe(first?.key);
    // The next order is another one, however alike.
    await fill(page);
    await page.getByTestId('place-order').click();
    await expect.poll(() => (open === undefined ? 0 : sent(open, 'orders.place').length)).toBe(3);
    expect(sent(open, 'orders.place')[2]?.key).not.toBe(first?.key);
  });

  it('asks for what is missing and sends nothing', async () => {
    const open = await openWindow({ route: '/market' });
    const { page } = open;
    await page.getByLabel('Quantity, BTC').fill('much');
    await page.getByTestId('place-order').click();
    await page.getByText('A plain number above zero, for instance 0.01.').waitFor();
    await page.getByText('Needed.').waitFor();
    expect(sent(open, 'orders.place')).toHaveLength(0);
    expect(sent(open, 'orders.preview')).toHaveLength(0);
  });

  it('may be sized by an amount of money', async () => {
    const open = await openWindow({ route: '/market' });
    const { page } = open;
    await page.getByText('Amount', { exact: true }).click();
    await page.getByLabel('Amount, USDT').fill('200');
    await page.getByLabel('Stop', { exact: true }).fill('63000');
    await page.getByRole('button', { name: 'Buy 0.0031 BTC' }).click();
    await page.getByText('Buy 0.0031 BTC/USDT: Filled').waitFor();
  });

  it('closes once, whatever is pressed: a question first, and a double click is no answer to it', async () => {
    const open = await openWindow({ route: '/market' });
    const { page } = open;
    await fill(page);
    await page.getByTestId('place-order').click();
    await page.getByText('Buy 0.01 BTC/USDT: Filled').waitFor();
    await goTo(page, '/portfolio');
    const close = page.getByRole('button', { name: /^Close BTC\/USDT/ });
    await close.dblclick();
    await page.getByRole('button', { name: 'Close BTC/USDT: Sell all 0.01? Press again' }).waitFor();
    expect(sent(open, 'orders.close')).toHaveLength(0);
    const release = open.engine.stall('orders.close');
    await close.focus();
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('Enter');
    release();
    await expect.poll(() => (open === undefined ? 0 : sent(open, 'orders.close').length)).toBe(1);
    expect(sent(open, 'orders.close')[0]?.key).toMatch(/^[\w-]{36}$/);
  });

  it('that waits is canceled from the portfolio', async () => {
    const open = await openWindow({ route: '/market' });
    const { page } = open;
    await page.getByText('Limit', { exact: true }).click();
    await page.getByLabel('Limit price').fill('60000');
    await page.getByLabel('Quantity, BTC').fill('0.01');
    await page.getByLabel('Stop', { exact: true }).fill('59000');
    await page.getByTestId('gate').waitFor();
    await page.getByTestId('place-order').click();
    await page.getByText('Buy 0.01 BTC/USDT: Accepted').waitFor();
    await goTo(page, '/portfolio');
    const cancel = page.getByRole('button', { name: /^Cancel the order/ });
    await cancel.click();
    await cancel.press('Enter');
    await page.getByText('No order by hand rests on this account.').waitFor();
    expect(sent(open, 'orders.cancel')).toHaveLength(1);
  });

  it('saves the tables of the portfolio as files', async () => {
    const open = await openWindow({ route: '/portfolio' });
    const { page } = open;
    for (const what of ['positions', 'orders', 'fills']) {
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: `Export as CSV: ${what}` }).click();
      const file = await coming;
      expect(file.suggestedFilename()).toBe(`${what}-simulated.csv`);
      expect(readFileSync(await file.path(), 'utf8')).toBe('time,quantity\n2026-11-20T10:00:00Z,-0.01\n');
    }
  });
});
