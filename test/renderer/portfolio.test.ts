import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import type { OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: the portfolio');

describe.skipIf(left)('the portfolio', () => {
  const openWindow = useWindows();

  it('shows the drawdown beside the limit that holds, and colours it by that', async () => {
    const { page, engine } = await openWindow({});
    const meter = page.getByRole('meter', { name: 'Drawdown budget used' });
    const bar = page.locator('header');
    await bar.getByText('of 5%').waitFor();
    expect(await meter.getAttribute('aria-valuenow')).toBe('13');
    engine.set({ drawdownFraction: '0.021', drawdownLimits: { reduceOnlyAt: '0.02', most: '0.03' } });
    await bar.getByText('of 3%').waitFor();
    expect(await meter.getAttribute('aria-valuenow')).toBe('70');
    expect(await meter.locator('span').getAttribute('class')).toContain('bg-warn');
  });
  let open: OpenWindow | undefined;

  const start = async (options: { readonly fresh?: boolean; readonly venues?: boolean } = {}) => {
    open = await openWindow({ route: '/portfolio', ...options });
    await open.page.getByRole('heading', { name: 'Locked profit' }).waitFor();
    return open;
  };
  const panel = (name: string) =>
    (open as OpenWindow).page
      .locator('[data-panel]')
      .filter({ has: (open as OpenWindow).page.getByRole('heading', { name }) });
  const sent = (name: string) =>
    (open as OpenWindow).engine.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('says what the equity lies in, and the shares are the whole', async () => {
    await start();
    await panel('Exposure by asset').getByText('locked profit').waitFor();
    const rows = await panel('Exposure by asset').locator('tr[data-asset]').allInnerTexts();
    expect(rows.length).toBeGreaterThanOrEqual(2);
    const shares = rows.map((row) => Number(/([\d.]+)%/.exec(row)?.[1] ?? Number.NaN));
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(0.2);
    expect(rows.join(' ')).toContain('21.09');
  });

  it('shows the locked pool with its rule and its log, and changes the rule', async () => {
    const { page } = await start();
    await panel('Locked profit').getByText('A share of 50% of each new profit of 10 USDT or more is locked.').waitFor();
    await panel('What was done and why').getByText('42.18 of realised profit above the mark').waitFor();
    await page.getByRole('button', { name: 'Change the rule…' }).click();
    const share = page.getByLabel('Share of each new profit that is locked');
    await share.fill('2');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('A fraction from 0 to 1, for instance 0.5.').waitFor();
    expect(sent('portfolio.set_profit_lock')).toEqual([]);
    await share.fill('0.75');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await panel('Locked profit').getByText('A share of 75% of each new profit').waitFor();
    expect(sent('portfolio.set_profit_lock')).toEqual([{ share: '0.75', threshold: '10' }]);
    await panel('What was done and why').getByText('A share of 0.75').waitFor();
  });

  it('releases locked profit only with a reason, and not where nothing is locked', async () => {
    const { page } = await start();
    await page.getByRole('button', { name: 'Release…' }).click();
    await page.getByRole('button', { name: 'Release it' }).click();
    await page.getByText('Say why.').waitFor();
    expect(sent('portfolio.release_profit')).toEqual([]);
    await page.getByLabel('Why', { exact: true }).fill('reinvest');
    await page.getByRole('button', { name: 'Release it' }).click();
    await panel('What was done and why').getByText('Profit of 21.09 released').waitFor();
    expect(sent('portfolio.release_profit')).toEqual([{ reason: 'reinvest' }]);
    expect(await page.getByRole('button', { name: 'Release…' }).isDisabled()).toBe(true);
  });

  it('previews a rebalancing and sends it only at the second press', async () => {
    const { page } = await start();
    await page.getByRole('button', { name: 'Preview rebalancing' }).click();
    const plan = page.locator('[data-plan="preview"]');
    await plan.getByText('it is 10.1 % of the whole and should be 20 %').waitFor();
    await plan.getByText('it is inside its band').waitFor();
    const act = page.getByRole('button', { name: /^Rebalance/ });
    await act.click();
    expect(sent('portfolio.rebalance')).toEqual([{ preview: true }]);
    await page.waitForTimeout(400);
    await act.click();
    await page.locator('[data-plan="sent"] [data-outcome="sent"]').waitFor();
    expect(sent('portfolio.rebalance')).toEqual([{ preview: true }, { preview: false }]);
  });

  it('sets target weights that are a whole at most', async () => {
    const { page } = await start({ fresh: true });
    await panel('Target weights').getByText('No target weights are set').waitFor();
    expect(await page.getByRole('button', { name: 'Preview rebalancing' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Set targets…' }).click();
    await page.getByLabel('Weight of BTC/USDT').fill('0.7');
    await page.getByLabel('Weight of ETH/USDT').fill('0.4');
    await page.getByLabel('Why', { exact: true }).fill('two of them');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Together the weights are more than 1.').waitFor();
    await page.getByLabel('Weight of ETH/USDT').fill('0.1');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await panel('Target weights').locator('[data-target="ETH/USDT"]').getByText('10%').waitFor();
    expect(sent('portfolio.set_targets')).toEqual([
      {
        weights: { 'BTC/USDT': '0.7', 'ETH/USDT': '0.1' },
        band: '0.05',
        minNotional: '10',
        stop: '0.02',
        reason: 'two of them',
      },
    ]);
  });

  it('begins the simulated account anew only under its typed name, once, and keeps a refusal on screen', async () => {
    const { page, engine } = await start();
    await page.getByRole('button', { name: 'Begin anew…' }).click();
    await page.getByLabel('Begins with, USDT').fill('2500');
    await page.getByLabel('Why', { exact: true }).fill('start over');
    await page.getByLabel('Type simulated to confirm').fill('simulate');
    const go = page.getByRole('button', { name: 'Begin anew', exact: true });
    await go.click();
    await page.getByText('Type simulated to confirm.', { exact: true }).waitFor();
    expect(sent('accounts.reset')).toEqual([]);
    await page.getByLabel('Type simulated to confirm').fill('simulated');
    engine.fail(
      'accounts.reset',
      new ContractError({
        code: 'rejected',
        reason: 'refused',
        message: 'the account cannot begin anew: cycle 7 runs',
        remedy: 'wait',
      }),
    );
    await go.click();
    await page.getByText('the account cannot begin anew: cycle 7 runs').waitFor();
    engine.fail('accounts.reset', null);
    await go.dblclick();
    await go.waitFor({ state: 'detached' });
    await page.getByText('began with 2,500.00').waitFor();
    expect(sent('accounts.reset').slice(1)).toEqual([{ account: 'simulated', cash: '2500', reason: 'start over' }]);
    await panel('What was done and why').getByText('begun anew with 2500').waitFor();
  });

  it('says of each account whether its books agree, since when, and why not', async () => {
    await start({ venues: true });
    const books = panel('Reconciliation');
    await books.locator('[data-account="kraken-main"]').waitFor();
    expect(await books.locator('[data-account="simulated"]').innerText()).toMatch(/balanced/);
    expect(await books.locator('[data-account="kraken-main"]').innerText()).toMatch(/none/);
    expect(await books.locator('[data-account="okx-second"]').innerText()).toMatch(/not yet/);
  });
});
